import type { Document } from '../../document/document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { Format, ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';

/** Hydra configs of fairseq. */
export const fairseq: Format = {
  name: 'fairseq',
  title: 'fairseq',
  syntaxes: ['yaml'],
  notEstimated: 'fairseq names the dimensions of its models in Python, which is not read',
  duplicateKeys: 'refused',
  signature: ['distributed_training'],
  recognize: ({ value }) =>
    valueAt(value, ['task', '_name']) !== undefined &&
    (valueAt(value, ['optimization']) !== undefined || valueAt(value, ['optimizer']) !== undefined),
  references: () => [],
  read,
};

function read(document: Document): ReadResult {
  const config = new ConfigReader(document);
  config.state('training.sequence_length', 'task.tokens_per_sample');
  config.state('training.micro_batch_size', 'dataset.batch_size');
  stateAccumulation(config);
  config.stateSize('training.steps', 'optimization.max_update');
  if (!config.states('training.steps')) config.stateSize('training.epochs', 'optimization.max_epoch');
  config.stateSize('training.checkpoint_every', 'checkpoint.save_interval_updates');
  statePrecision(config);
  stateOptimizers(config);
  const backend = config.text('distributed_training.ddp_backend');
  config.stateAs(
    'parallelism.sharding',
    'distributed_training.ddp_backend',
    backend === null ? null : backend === 'fully_sharded' ? 'zero3' : 'ddp',
  );
  config.state('hardware.count', 'distributed_training.distributed_world_size');
  const checkpointing = config.flag('model.checkpoint_activations');
  config.stateAs(
    'training.activation_checkpointing',
    'model.checkpoint_activations',
    checkpointing === true ? 'full' : null,
  );
  return config.result({ dialect: 'fairseq', trainer: 'fairseq', name: nameFromPath(document.path) });
}

/** One number an epoch, of which the last counts for the rest: only a single one is the same throughout. */
function stateAccumulation(config: ConfigReader): void {
  const key = 'optimization.update_freq';
  const steps = config.value(key);
  if (!Array.isArray(steps)) config.state('training.gradient_accumulation_steps', key);
  else if (steps.length === 1) config.state('training.gradient_accumulation_steps', `${key}.0`);
}

/** `fp16` and `bf16` keep fp32 weights in the optimizer, `memory_efficient_*` does not (fairseq/optim). */
function statePrecision(config: ConfigReader): void {
  for (const short of ['bf16', 'fp16'] as const) {
    const efficient = `common.memory_efficient_${short}`;
    if (config.flag(efficient) === true) config.stateAs('training.precision', efficient, short);
    else if (config.flag(`common.${short}`) === true) {
      config.stateAs('training.precision', `common.${short}`, `${short}-mixed`);
    }
  }
  if (!config.states('training.precision') && config.flag('common.fp16') === false) {
    config.stateAs('training.precision', 'common.fp16', 'fp32');
  }
}

/** A composite optimizer has one for each group of parameters; where they are all the same, that one counts. */
function stateOptimizers(config: ConfigReader): void {
  const key = 'optimizer._name';
  if (config.text(key) !== 'composite') {
    config.stateOptimizer(key, { adam: 'adamw', cpu_adam: 'adamw', nag: 'sgd-momentum' });
    return;
  }
  const groups: object = config.value('optimizer.groups') ?? {};
  const names = new Set(Object.keys(groups).map((group) => config.text(`optimizer.groups.${group}.optimizer._name`)));
  const [name] = names;
  if (names.size === 1 && name === 'adam') config.stateAs('training.optimizer', key, 'adamw');
}
