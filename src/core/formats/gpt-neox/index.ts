import type { Document } from '../../document/document.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { stateModel } from './model.ts';
import { spelledAlike } from './spelling.ts';
import { spell } from './spell.ts';

/** Configs of GPT-NeoX: YAML that looks like JSON, with hyphens or underscores in the keys. */
export const gptNeox: Format = {
  name: 'gpt-neox',
  title: 'GPT-NeoX',
  syntaxes: ['yaml'],
  signature: ['pipe[-_]parallel[-_]size', 'model[-_]parallel[-_]size', 'gpt[-_]j[-_]residual'],
  duplicateKeys: 'refused-between-files',
  recognize,
  references: () => [],
  read,
  spell,
};

/** A model, or the part of a run that holds paths and logging: the launcher merges several files into one run. */
function recognize(document: Document): boolean {
  const { keys } = spelledAlike(document);
  const has = (key: string): boolean => keys.has(key);
  if (has('architectures') || has('MODEL_ARGS') || has('model_type')) return false;
  const isModel = has('num_layers') && has('hidden_size');
  const isTraining = ['pipe_parallel_size', 'train_iters', 'seq_length', 'pos_emb', 'gpt_j_residual'].some(has);
  const isSetup = has('checkpoint_validation_with_forward_pass') || (has('vocab_file') && has('tensorboard_dir'));
  return has('pipe_parallel_size') || (isModel && isTraining) || (isSetup && (has('save') || has('load')));
}

function read(document: Document): ReadResult {
  const { document: alike, twice } = spelledAlike(document);
  const config = new ConfigReader(alike);
  config.problems.push(...twice);
  stateModel(config);
  stateBatch(config);
  stateNumbers(config);
  stateParallelism(config);
  config.state('hardware.count', 'global_num_gpus');
  return config.result({ dialect: 'gpt-neox', trainer: 'gpt-neox', name: nameFromPath(document.path) });
}

function stateBatch(config: ConfigReader): void {
  config.state('training.sequence_length', 'seq_length');
  config.state('training.micro_batch_size', 'train_micro_batch_size_per_gpu');
  config.state('training.gradient_accumulation_steps', 'gradient_accumulation_steps', 'gas');
  config.state('training.global_batch_size', 'train_batch_size');
  config.state('training.steps', 'train_iters');
  const every = config.first('checkpoint_factor', 'save_interval');
  if (every !== null && (config.text('checkpoint_scale') ?? 'linear') === 'linear') {
    config.state('training.checkpoint_every', every);
  }
}

/** DeepSpeed's fp16 and bf16 keep fp32 weights in the optimizer. `fp16.type` can name bfloat16. */
function stateNumbers(config: ConfigReader): void {
  if (config.flag('bf16.enabled') === true) config.stateAs('training.precision', 'bf16', 'bf16-mixed');
  else if (config.flag('fp16.enabled') === true) {
    const isBf16 = ['bfloat16', 'bf16'].includes(config.text('fp16.type') ?? config.text('precision') ?? '');
    config.stateAs('training.precision', 'fp16', isBf16 ? 'bf16-mixed' : 'fp16-mixed');
  } else config.stateChoice('training.precision', 'precision', precisions);
  config.stateOptimizer('optimizer.type', {
    onebitadam: 'adamw',
    cpu_adam: 'adamw',
    cpu_torch_adam: 'adamw',
    adafactor: 'adafactor',
  });
  const checkpointing = config.flag('checkpoint_activations');
  config.stateAs(
    'training.activation_checkpointing',
    'checkpoint_activations',
    checkpointing === null ? null : checkpointing ? 'full' : 'none',
  );
}

const precisions = { bfloat16: 'bf16-mixed', bf16: 'bf16-mixed', fp16: 'fp16-mixed', fp32: 'fp32' } as const;

/** A pipeline of 0 or 1 stages is none. */
function stateParallelism(config: ConfigReader): void {
  config.stateSize('parallelism.tensor', 'model_parallel_size');
  const stages = config.number('pipe_parallel_size');
  config.stateAs('parallelism.pipeline', 'pipe_parallel_size', stages === 0 ? 1 : stages);
  config.stateSize('parallelism.context', 'context_parallel_size');
  config.stateAs('parallelism.sequence_parallel', 'sequence_parallel', config.flag('sequence_parallel'));
  const stage = 'zero_optimization.stage';
  config.stateChoice('parallelism.sharding', stage, { '0': 'ddp', '1': 'zero1', '2': 'zero2', '3': 'zero3' });
  const isOffloaded = config.flag('zero_optimization.cpu_offload') === true;
  if (isOffloaded) config.stateAs('parallelism.cpu_offload', 'zero_optimization.cpu_offload', 'optimizer');
}
