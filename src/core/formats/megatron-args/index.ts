import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { stateModel } from './model.ts';

/** Command lines of Megatron-LM as YAML: `MODEL_ARGS`, with the flags as keys. */
export const megatronArgs: Format = {
  name: 'megatron-args',
  title: 'Megatron-LM arguments',
  syntaxes: ['yaml'],
  signature: ['MODEL_ARGS'],
  recognize: ({ value }) => {
    const flags = valueAt(value, ['MODEL_ARGS']);
    // Tests of inference have the same map, and no length or rate of a training.
    return ['--train-iters', '--train-samples', '--lr'].some((flag) => valueAt(flags, [flag]) !== undefined);
  },
  references: () => [],
  read,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(withoutDashes(document));
  stateModel(config);
  stateBatch(config);
  stateNumbers(config);
  stateParallelism(config);
  return config.result({ dialect: 'megatron-args', trainer: 'megatron-lm', name: folderName(document.path) });
}

/** The map of flags as the config, its keys without the dashes. */
function withoutDashes(document: Document): Document {
  const flags = valueAt(document.value, ['MODEL_ARGS']) ?? {};
  const entries = Object.entries(flags).map(([flag, value]): [string, unknown] => [flag.replace(/^--/, ''), value]);
  const value: unknown = Object.assign(Object.create(null), Object.fromEntries(entries));
  const placeOf: Document['placeOf'] = ([flag, ...rest]) =>
    document.placeOf(flag === undefined ? ['MODEL_ARGS'] : ['MODEL_ARGS', `--${flag}`, ...rest]);
  return { path: document.path, value, placeOf };
}

/** These files are all called `model_config.yaml`: the folder has the name. */
function folderName(path: string): string {
  const [folder] = path.split('/').slice(-2, -1);
  return nameFromPath(path) === 'model_config' && folder !== undefined ? folder : nameFromPath(path);
}

function stateBatch(config: ConfigReader): void {
  config.state('training.sequence_length', 'seq-length', 'encoder-seq-length');
  config.state('training.micro_batch_size', 'micro-batch-size');
  config.state('training.global_batch_size', 'global-batch-size');
  config.state('training.steps', 'train-iters');
  config.state('training.samples', 'train-samples');
  config.state('training.checkpoint_every', 'save-interval');
}

/** Weights in fp16 or bf16 have an fp32 copy in the optimizer (megatron/core/optimizer). */
function stateNumbers(config: ConfigReader): void {
  if (config.value('fp8-format') !== undefined) config.stateAs('training.precision', 'fp8-format', 'fp8-mixed');
  else if (config.flag('bf16') === true) config.stateAs('training.precision', 'bf16', 'bf16-mixed');
  else if (config.flag('fp16') === true) config.stateAs('training.precision', 'fp16', 'fp16-mixed');
  config.imply('training.precision', 'fp32');
  config.stateOptimizer('optimizer', { dist_muon: 'muon' });
  config.imply('training.optimizer', 'adamw');
  config.stateChoice('training.activation_checkpointing', 'recompute-granularity', {
    full: 'full',
    selective: 'selective',
  });
  const checkpointing = 'training.activation_checkpointing';
  if (!config.states(checkpointing) && config.flag('recompute-activations') === true) {
    config.stateAs(checkpointing, 'recompute-activations', 'selective');
  }
  config.imply(checkpointing, 'none');
  // Uniform recomputes all layers in groups of so many, block the first so many of a chunk.
  const isBlock = config.text('recompute-method') === 'block';
  if (config.text('recompute-granularity') === 'full') {
    config.stateSize(isBlock ? 'training.recompute_layers' : 'training.checkpoint_layers', 'recompute-num-layers');
  }
  if (config.flag('grad-reduce-in-bf16') === true) {
    config.stateAs('training.gradient_precision', 'grad-reduce-in-bf16', 'bf16');
  }
  config.state('training.dropout', 'hidden-dropout');
  const backend = config.text('attention-backend');
  const isFlash = backend === 'flash' || backend === 'fused' || config.flag('use-flash-attn') === true;
  const key = backend === null ? 'use-flash-attn' : 'attention-backend';
  if (isFlash || backend === 'unfused' || backend === 'local') config.stateAs('training.flash_attention', key, isFlash);
  config.stateAs('training.fused_loss', 'cross-entropy-loss-fusion', config.flag('cross-entropy-loss-fusion'));
}

function stateParallelism(config: ConfigReader): void {
  const fsdp = config.first('use-torch-fsdp2', 'use-megatron-fsdp', 'use-custom-fsdp');
  if (fsdp !== null && config.flag(fsdp) === true) config.stateAs('parallelism.sharding', fsdp, 'zero3');
  else if (config.flag('use-distributed-optimizer') === true) {
    config.stateAs('parallelism.sharding', 'use-distributed-optimizer', 'zero1');
  }
  config.imply('parallelism.sharding', 'ddp');
  config.stateSize('parallelism.tensor', 'tensor-model-parallel-size');
  config.stateSize('parallelism.pipeline', 'pipeline-model-parallel-size');
  config.stateSize('parallelism.context', 'context-parallel-size');
  config.stateSize('parallelism.expert', 'expert-model-parallel-size');
  config.stateSize('parallelism.expert_tensor', 'expert-tensor-parallel-size');
  config.stateAs('parallelism.sequence_parallel', 'sequence-parallel', config.flag('sequence-parallel'));
  const layers = config.number('num-layers');
  const pipeline = config.number('pipeline-model-parallel-size') ?? 1;
  const chunk = config.number('num-layers-per-virtual-pipeline-stage');
  if (layers !== null && chunk !== null && Number.isInteger(layers / pipeline / chunk)) {
    const virtual = layers / pipeline / chunk;
    config.stateAs('parallelism.virtual_pipeline', 'num-layers-per-virtual-pipeline-stage', virtual);
  }
  const layout = config.first(
    ...['pipeline-model-parallel-layout', 'decoder-first-pipeline-num-layers', 'decoder-last-pipeline-num-layers'],
    ...['account-for-embedding-in-pipeline-split', 'account-for-loss-in-pipeline-split'],
  );
  if (layout !== null) config.stateAs('parallelism.uneven_stages', layout, true);
  if (config.flag('optimizer-cpu-offload') === true) {
    config.stateAs('parallelism.cpu_offload', 'optimizer-cpu-offload', 'optimizer');
  }
}
