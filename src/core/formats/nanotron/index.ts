import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { stateModel } from './model.ts';
import { spell } from './spell.ts';

/** Configs of nanotron. */
export const nanotron: Format = {
  name: 'nanotron',
  title: 'nanotron',
  syntaxes: ['yaml'],
  signature: ['data_stages', 'lighteval', 'batch_accumulation_per_replica'],
  recognize: ({ value }) =>
    ['tokens', 'parallelism', 'model'].every((key) => valueAt(value, [key]) !== undefined) &&
    valueAt(value, ['tokens', 'micro_batch_size']) !== undefined,
  references: () => [],
  read,
  spell,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  stateModel(config);
  config.state('training.sequence_length', 'tokens.sequence_length');
  config.state('training.micro_batch_size', 'tokens.micro_batch_size');
  config.state('training.gradient_accumulation_steps', 'tokens.batch_accumulation_per_replica');
  config.state('training.steps', 'tokens.train_steps');
  config.stateSize('training.checkpoint_every', 'checkpoints.checkpoint_interval');
  stateNumbers(config);
  stateParallelism(config);
  const name = config.text('general.run') ?? nameFromPath(document.path);
  return config.result({ dialect: 'nanotron', trainer: 'nanotron', name: name.slice(0, 200) });
}

/** Gradients that accumulate in fp32 belong to an fp32 copy of the weights (FP32GradientAccumulator). */
function stateNumbers(config: ConfigReader): void {
  const isMixed = config.flag('optimizer.accumulate_grad_in_fp32') === true;
  config.stateChoice('training.precision', 'model.dtype', {
    bfloat16: isMixed ? 'bf16-mixed' : 'bf16',
    float16: isMixed ? 'fp16-mixed' : 'fp16',
    float32: 'fp32',
  });
  config.stateOptimizer('optimizer.optimizer_factory.name');
  const recompute = config.flag('parallelism.recompute_layer');
  const key = 'parallelism.recompute_layer';
  config.stateAs('training.activation_checkpointing', key, recompute === null ? null : recompute ? 'full' : 'none');
}

function stateParallelism(config: ConfigReader): void {
  config.stateSize('parallelism.tensor', 'parallelism.tp');
  config.stateSize('parallelism.pipeline', 'parallelism.pp');
  config.stateSize('parallelism.context', 'parallelism.context_parallel_size');
  config.stateSize('parallelism.expert', 'parallelism.expert_parallel_size');
  const mode = config.text('parallelism.tp_mode')?.toUpperCase() ?? null;
  config.stateAs(
    'parallelism.sequence_parallel',
    'parallelism.tp_mode',
    mode === null ? null : mode === 'REDUCE_SCATTER',
  );
  config.stateChoice('parallelism.sharding', 'optimizer.zero_stage', { '0': 'ddp', '1': 'zero1' });
  const replicas = config.number('parallelism.dp');
  if (replicas === null || replicas < 1) return;
  const others = ['tp', 'pp', 'context_parallel_size'].map((size) =>
    Math.max(1, config.number(`parallelism.${size}`) ?? 1),
  );
  config.stateAs(
    'hardware.count',
    'parallelism.dp',
    others.reduce((total, size) => total * size, replicas),
  );
  const steps = 'tokens.batch_accumulation_per_replica';
  config.stateProduct('training.global_batch_size', 'tokens.micro_batch_size', steps, 'parallelism.dp');
}
