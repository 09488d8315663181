import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { stateMaxDuration } from '../max-duration.ts';
import { nameFromPath } from '../run-name.ts';
import { stateModel } from './model.ts';
import { spell } from './spell.ts';

/** Configs of LLM Foundry and other Composer scripts, and MosaicML runs that carry one under `parameters`. */
export const llmFoundry: Format = {
  name: 'llm-foundry',
  title: 'LLM Foundry and Composer',
  syntaxes: ['yaml'],
  duplicateKeys: 'refused',
  signature: ['train_loader', 'device_eval_batch_size', 'icl_tasks'],
  recognize,
  references: () => [],
  read,
  spell,
};

/** OLMo, which has a `max_duration` too, names its tokenizer by `identifier`. */
function recognize({ value }: Document): boolean {
  const root = valueAt(value, ['parameters', 'max_duration']) === undefined ? value : valueAt(value, ['parameters']);
  const has = (...keys: string[]): boolean => valueAt(root, keys) !== undefined;
  if (has('model', 'd_model') && (has('model', 'embedding_size') || has('tokenizer', 'identifier'))) return false;
  const isTrained = ['train_loader', 'device_train_microbatch_size', 'global_train_batch_size', 'train_dataset'].some(
    (key) => has(key),
  );
  return has('max_duration') && isTrained;
}

function read(document: Document): ReadResult {
  const isLaunched = valueAt(document.value, ['parameters', 'max_duration']) !== undefined;
  const config = new ConfigReader(isLaunched ? parametersOf(document) : document);
  const isLlm = stateModel(config);
  config.state(
    'training.sequence_length',
    'max_seq_len',
    'train_loader.dataset.max_seq_len',
    'train_loader.max_seq_len',
  );
  config.state('training.global_batch_size', 'global_train_batch_size');
  const micro = config.number('device_train_microbatch_size');
  if (micro !== null) config.stateAs('training.micro_batch_size', 'device_train_microbatch_size', Math.ceil(micro));
  stateMaxDuration(config, 'epochs');
  stateNumbers(config);
  stateFsdp(config);
  if (isLaunched) {
    const launch = new ConfigReader(document);
    const gpus = launch.number('compute.gpus');
    config.problems.push(...launch.problems);
    if (gpus !== null) config.stateAs('hardware.count', '..compute.gpus', gpus);
  }
  const name = config.text('run_name') ?? nameFromPath(document.path);
  return config.result({
    dialect: 'llm-foundry',
    trainer: isLlm ? 'llm-foundry' : 'composer',
    name: name.slice(0, 200),
  });
}

/** The config inside a MosaicML run; a key that starts with two dots is one of the run itself. */
function parametersOf(document: Document): Document {
  return {
    path: document.path,
    value: valueAt(document.value, ['parameters']),
    placeOf: (keys) => document.placeOf(keys[0] === '' ? keys.filter((key) => key !== '') : ['parameters', ...keys]),
  };
}

function stateNumbers(config: ConfigReader): void {
  // Autocast over fp32 weights; FSDP's `mixed_precision: PURE` computes in the short type, and shards stay fp32.
  config.stateChoice('training.precision', 'precision', {
    amp_bf16: 'bf16-mixed',
    amp_fp16: 'fp16-mixed',
    amp_fp8: 'fp8-mixed',
    amp: 'fp16-mixed',
    bf16: 'bf16-mixed',
    fp32: 'fp32',
  });
  config.stateOptimizer('optimizer.name', {
    decoupled_adamw: 'adamw',
    decoupled_lionw: 'lion',
    decoupled_lionw_8b: 'lion',
    clip_lion: 'lion',
    adalr_lion: 'lion',
    decoupled_sgdw: 'sgd-momentum',
    no_op: 'sgd',
  });
  const every = config.value('save_interval');
  const batches = typeof every === 'string' ? /^(\d+)ba$/.exec(every)?.[1] : undefined;
  if (batches !== undefined) config.stateAs('training.checkpoint_every', 'save_interval', Number(batches));
}

const strategies = {
  FULL_SHARD: 'zero3',
  SHARD_GRAD_OP: 'zero2',
  HYBRID_SHARD: 'hsdp',
  _HYBRID_SHARD_ZERO2: 'hsdp',
  NO_SHARD: 'ddp',
} as const;

function stateFsdp(config: ConfigReader): void {
  const at = config.first('parallelism_config.fsdp', 'fsdp_config');
  config.imply('parallelism.sharding', 'ddp');
  if (at === null) return;
  const strategy = `${at}.sharding_strategy`;
  if (config.value(strategy) !== undefined) config.stateChoice('parallelism.sharding', strategy, strategies);
  else config.stateAs('parallelism.sharding', at, 'zero3');
  const isOn = config.flag(`${at}.activation_checkpointing`);
  const key = `${at}.activation_checkpointing`;
  config.stateAs('training.activation_checkpointing', key, isOn === null ? null : isOn ? 'full' : 'none');
  const offload = config.flag(`${at}.activation_cpu_offload`);
  config.stateAs('training.activation_offload', `${at}.activation_cpu_offload`, offload);
}
