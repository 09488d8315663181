import type { Document, KeyPath } from '../../document/document.ts';
import { nameKey } from '../../document/python/python-values.ts';
import { valueAt } from '../../document/value-at.ts';
import type { RunField, RunValues } from '../../run/fields.ts';
import { runFields } from '../../run/fields.ts';
import type { Format, ReadResult } from '../format.ts';
import { callsIn, type Call } from '../python-program.ts';
import { calledName } from '../recipes.ts';
import { nameFromPath } from '../run-name.ts';
import { StatedFacts } from '../stated-facts.ts';
import { publishedModel } from './published-model.ts';

/** Training scripts of OLMo-core: Python that makes its configs. */
export const olmoCore: Format = {
  name: 'olmo-core',
  title: 'OLMo-core',
  syntaxes: ['python'],
  signature: [],
  recognize: (document) => {
    const calls = callsIn(document);
    return named(calls, 'TransformerTrainModuleConfig') !== null && named(calls, 'TrainerConfig') !== null;
  },
  references: () => [],
  read,
};

function named(calls: readonly Call[], name: string): Call | null {
  return calls.find((call) => call.name === name) ?? null;
}

function read(document: Document): ReadResult {
  const calls = callsIn(document);
  const stated = new StatedFacts(document);
  stated.state('training.trainer', 'olmo-core', []);
  const model = calls.find(({ owner }) => owner === 'TransformerConfig');
  if (model !== undefined) stated.state('model.id', publishedModel(model.name), model.path);
  const trainModule = named(calls, 'TransformerTrainModuleConfig');
  if (trainModule !== null) stateTrainModule(stated, trainModule);
  stateBatch(stated, document, calls);
  stateDuration(stated, calls);
  stated.imply('training.precision', 'fp32');
  stated.imply('training.flash_attention', true);
  return {
    run: { path: document.path, dialect: 'olmo-core', name: nameFromPath(document.path), facts: stated.facts },
    problems: [],
  };
}

/** TransformerTrainModuleConfig (olmo_core/train/train_module/transformer/config.py). */
function stateTrainModule(stated: StatedFacts, call: Call): void {
  const at = (...keys: string[]): KeyPath => [...call.path, ...keys];
  const word = (...keys: string[]): string => lastPart(valueAt(call.value, keys));
  const optimizer =
    calledName(valueAt(call.value, ['optim']))
      ?.split('.')
      .at(-1) ?? '';
  if (Object.hasOwn(optimizers, optimizer)) stated.state('training.optimizer', optimizers[optimizer], at('optim'));
  const sharding = word('dp_config', 'name');
  if (Object.hasOwn(shardings, sharding))
    stated.state('parallelism.sharding', shardings[sharding], at('dp_config', 'name'));
  if (valueAt(call.value, ['float8_config', 'enabled']) === true) {
    stated.state('training.precision', 'fp8-mixed', at('float8_config', 'enabled'));
  } else if (word('dp_config', 'param_dtype') === 'bfloat16') {
    stated.state('training.precision', 'bf16-mixed', at('dp_config', 'param_dtype'));
  }
  const mode = word('ac_config', 'mode');
  if (mode !== '') {
    stated.state('training.activation_checkpointing', mode === 'full' ? 'full' : 'selective', at('ac_config', 'mode'));
  } else if (valueAt(call.value, ['ac_config']) === undefined) {
    stated.imply('training.activation_checkpointing', 'none');
  }
  const compiles = valueAt(call.value, ['compile_model']);
  if (typeof compiles === 'boolean') stated.state('training.compile', compiles, at('compile_model'));
  for (const [field, key] of degrees)
    stateNumber(stated, field, valueAt(call.value, [key, 'degree']), at(key, 'degree'));
}

const optimizers: Readonly<Record<string, RunValues['training.optimizer']>> = {
  AdamWConfig: 'adamw',
  AdamConfig: 'adamw',
  SkipStepAdamWConfig: 'adamw',
  LionConfig: 'lion',
  SkipStepLionConfig: 'lion',
  MuonConfig: 'muon',
};

const shardings: Readonly<Record<string, RunValues['parallelism.sharding']>> = {
  ddp: 'ddp',
  fsdp: 'zero3',
  hsdp: 'hsdp',
};

const degrees = [
  ['parallelism.tensor', 'tp_config'],
  ['parallelism.context', 'cp_config'],
  ['parallelism.pipeline', 'pp_config'],
  ['parallelism.expert', 'ep_config'],
] as const;

/** Batches count tokens. The usual constants at the top of a script count where a call is not literal. */
function stateBatch(stated: StatedFacts, document: Document, calls: readonly Call[]): void {
  const length = first(document, calls, lengths);
  if (length === null) return;
  stateNumber(stated, 'training.sequence_length', length.value, length.path);
  const global = first(document, calls, batches);
  if (global !== null) stateNumber(stated, 'training.global_batch_size', global.value / length.value, global.path);
  const micro = first(document, calls, microBatches);
  if (micro !== null) stateNumber(stated, 'training.micro_batch_size', micro.value / length.value, micro.path);
}

/** Where a number stands: a keyword of a class, or a name at the top of the file. */
type Where = readonly [call: string | null, key: string];

const lengths: readonly Where[] = [
  ['TransformerTrainModuleConfig', 'max_sequence_length'],
  ['NumpyFSLDatasetConfig', 'sequence_length'],
  ['from_data_mix', 'sequence_length'],
  [null, 'SEQUENCE_LENGTH'],
  [null, 'DEFAULT_SEQUENCE_LENGTH'],
];

const batches: readonly Where[] = [
  ['NumpyDataLoaderConfig', 'global_batch_size'],
  [null, 'GLOBAL_BATCH_SIZE'],
];

const microBatches: readonly Where[] = [['TransformerTrainModuleConfig', 'rank_microbatch_size']];

function first(
  document: Document,
  calls: readonly Call[],
  places: readonly Where[],
): { value: number; path: KeyPath } | null {
  for (const [name, key] of places) {
    const call = name === null ? null : named(calls, name);
    const value = name === null ? valueAt(document.value, [key]) : valueAt(call?.value, [key]);
    if (typeof value === 'number' && value > 0) return { value, path: [...(call?.path ?? []), key] };
  }
  return null;
}

/** `Duration.tokens(4e12)`, `Duration.steps(100)`, `Duration.epochs(1)`. */
function stateDuration(stated: StatedFacts, calls: readonly Call[]): void {
  const trainer = named(calls, 'TrainerConfig');
  const duration = valueAt(trainer?.value, ['max_duration']);
  const unit = /^Duration\.(tokens|steps|epochs)$/.exec(calledName(duration) ?? '')?.[1];
  const path: KeyPath = [...(trainer?.path ?? []), 'max_duration'];
  if (unit === 'tokens' || unit === 'steps' || unit === 'epochs') {
    stateNumber(stated, `training.${unit}`, valueAt(duration, ['$arguments', 0]) ?? valueAt(duration, ['value']), path);
  }
  const saves = named(calls, 'CheckpointerCallback');
  const interval = valueAt(saves?.value, ['save_interval']);
  stateNumber(stated, 'training.checkpoint_every', interval, [...(saves?.path ?? []), 'save_interval']);
}

/** A number that is one of the field; what is not literal, or beyond its bounds, is not stated. */
function stateNumber(stated: StatedFacts, field: RunField, value: unknown, path: KeyPath): void {
  if (typeof value !== 'number') return;
  const read = runFields[field].safeParse(value);
  // The schema is that of the field.
  if (read.success) stated.state(field, read.data, path);
}

/** `hsdp` of `DataParallelType.hsdp`. */
function lastPart(value: unknown): string {
  const name = valueAt(value, [nameKey]) ?? value;
  return typeof name === 'string' ? (name.split('.').at(-1) ?? '') : '';
}
