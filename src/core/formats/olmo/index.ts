import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import { stateMaxDuration } from '../max-duration.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { stateModel } from './model.ts';
import { spell } from './spell.ts';

/** Configs of OLMo and OLMoE, the trainer before OLMo-core. */
export const olmo: Format = {
  name: 'olmo',
  title: 'OLMo',
  syntaxes: ['yaml'],
  duplicateKeys: 'refused',
  signature: ['no_pre_train_checkpoint', 'softmax_auxiliary_loss', 'save_interval_unsharded'],
  recognize: ({ value }) =>
    valueAt(value, ['model', 'd_model']) !== undefined &&
    (valueAt(value, ['tokenizer', 'identifier']) !== undefined ||
      valueAt(value, ['model', 'embedding_size']) !== undefined) &&
    valueAt(value, ['optimizer']) !== undefined,
  references: () => [],
  read,
  spell,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  stateModel(config);
  config.state('training.sequence_length', 'model.max_sequence_length');
  config.state('training.micro_batch_size', 'device_train_microbatch_size');
  config.state('training.global_batch_size', 'global_train_batch_size');
  stateMaxDuration(config);
  config.state('training.checkpoint_every', 'save_interval');
  config.stateChoice('training.precision', 'precision', precisions);
  config.stateOptimizer('optimizer.name', { lionw: 'lion' });
  stateCheckpointing(config);
  stateSharding(config);
  const fused = config.flag('fused_loss');
  config.stateAs('training.fused_loss', 'fused_loss', fused);
  if (config.value('compile') !== undefined) config.stateAs('training.compile', 'compile', true);
  return config.result({
    dialect: 'olmo',
    trainer: 'olmo',
    name: config.text('run_name') ?? nameFromPath(document.path),
  });
}

/** Autocast or FSDP's mixed precision over fp32 weights (olmo/config.py, `TrainConfig.precision`). */
const precisions = { amp_bf16: 'bf16-mixed', amp_fp16: 'fp16-mixed', fp32: 'fp32' } as const;

/** `whole_layer` checkpoints every layer, the others a part (olmo/config.py, `ActivationCheckpointingStrategy`). */
function stateCheckpointing(config: ConfigReader): void {
  const key = 'activation_checkpointing';
  if (config.value(key) === false) return;
  config.stateChoice('training.activation_checkpointing', key, {
    true: 'full',
    whole_layer: 'full',
    one_in_two: 'selective',
    one_in_three: 'selective',
    one_in_four: 'selective',
    one_in_eight: 'selective',
    two_in_three: 'selective',
    three_in_four: 'selective',
    fine_grained: 'selective',
  });
}

const strategies = {
  FULL_SHARD: 'zero3',
  SHARD_GRAD_OP: 'zero2',
  HYBRID_SHARD: 'hsdp',
  _HYBRID_SHARD_ZERO2: 'hsdp',
  NO_SHARD: 'ddp',
} as const;

function stateSharding(config: ConfigReader): void {
  const strategy = config.text('distributed_strategy');
  if (strategy === 'ddp' || strategy === 'single') {
    config.stateAs('parallelism.sharding', 'distributed_strategy', strategy === 'ddp' ? 'ddp' : 'none');
    return;
  }
  config.stateChoice('parallelism.sharding', 'fsdp.sharding_strategy', strategies);
  if (!config.states('parallelism.sharding') && config.value('fsdp') !== undefined) {
    config.stateAs('parallelism.sharding', 'fsdp', 'zero3');
  }
}
