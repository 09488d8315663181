import type { Document } from '../../document/document.ts';
import { syntaxOf } from '../../document/parse-document.ts';
import { valueAt } from '../../document/value-at.ts';
import { ConfigReader } from '../config-reader.ts';
import type { ReadResult } from '../format.ts';
import { nameFromPath } from '../run-name.ts';
import { hubId } from './flavors.ts';
import { stateParallelism } from './parallelism.ts';

export function isToml({ path, value }: Document): boolean {
  const isTable = valueAt(value, ['training']) !== undefined && valueAt(value, ['model', 'flavor']) !== undefined;
  return isTable && syntaxOf(path) === 'toml';
}

export function readToml(document: Document): ReadResult {
  const config = new ConfigReader(document);
  stateModel(config);
  stateBatch(config);
  stateNumbers(config);
  stateParallelism(config);
  const name = config.text('job.description') ?? nameFromPath(document.path);
  return config.result({ dialect: 'torchtitan', trainer: 'torchtitan', name: name.slice(0, 200) });
}

/** The dimensions of a flavor are in torchtitan's Python: those that are published models are named so. */
function stateModel(config: ConfigReader): void {
  const name = config.text('model.name');
  const flavor = config.text('model.flavor');
  if (name === null || flavor === null) return;
  config.stateAs('model.id', 'model.flavor', hubId(name, flavor) ?? `${name}:${flavor}`.slice(0, 200));
}

function stateBatch(config: ConfigReader): void {
  config.state('training.sequence_length', 'training.seq_len');
  config.state('training.micro_batch_size', 'training.local_batch_size', 'training.batch_size');
  config.state('training.global_batch_size', 'training.global_batch_size');
  config.state('training.steps', 'training.steps');
  const isSaved = config.flag('checkpoint.enable') ?? config.flag('checkpoint.enable_checkpoint');
  if (isSaved === false) config.stateAs('training.checkpoint_every', 'checkpoint', '100%');
  else if (isSaved === true) config.state('training.checkpoint_every', 'checkpoint.interval');
}

/** FSDP computes in `mixed_precision_param` over weights in `training.dtype`, fp32 without it (JobConfig). */
function stateNumbers(config: ConfigReader): void {
  const converters = config.value('model.converters');
  const isFp8 = Array.isArray(converters) && converters.some((name) => name === 'float8' || name === 'mx');
  const weights = config.text('training.dtype') ?? 'float32';
  if (isFp8) config.stateAs('training.precision', 'model.converters', 'fp8-mixed');
  else if (weights === 'bfloat16') config.stateAs('training.precision', 'training.dtype', 'bf16');
  else {
    config.stateChoice('training.precision', 'training.mixed_precision_param', {
      bfloat16: 'bf16-mixed',
      float32: 'fp32',
    });
  }
  config.imply('training.precision', 'bf16-mixed');
  config.stateOptimizer('optimizer.name');
  config.imply('training.optimizer', 'adamw');
  config.stateChoice('training.activation_checkpointing', 'activation_checkpoint.mode', {
    selective: 'selective',
    full: 'full',
    memory_budget: 'selective',
  });
  if (valueAt(config.document.value, ['activation_checkpoint', 'mode']) === 'none') {
    config.stateAs('training.activation_checkpointing', 'activation_checkpoint.mode', 'none');
  }
  config.imply('training.activation_checkpointing', 'selective');
  // A number recomputes every n-th layer; `op` goes by operators.
  const every = Number(config.text('activation_checkpoint.selective_ac_option') ?? Number.NaN);
  if (Number.isInteger(every) && every > 1) {
    config.stateAs('training.checkpoint_layers', 'activation_checkpoint.selective_ac_option', every);
  }
  const compile = config.first('compile.enable', 'training.compile');
  if (compile !== null) config.stateAs('training.compile', compile, config.flag(compile));
}
