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
    return (
      named(calls, 'TrainerConfig') !== null &&
      (named(calls, 'TransformerTrainModuleConfig') ?? modelOf(calls)) !== null
    );
  },
  references: () => [],
  read,
};

function named(calls: readonly Call[], name: string): Call | null {
  return calls.find((call) => call.name === name) ?? null;
}

/** `TransformerConfig.olmo2_7B(…)`. */
function modelOf(calls: readonly Call[]): Call | null {
  return calls.find(({ owner }) => owner === 'TransformerConfig') ?? null;
}

function read(document: Document): ReadResult {
  const calls = callsIn(document);
  const stated = new StatedFacts(document);
  stated.state('training.trainer', 'olmo-core', []);
  const model = modelOf(calls);
  if (model !== null) {
    const { id, numLayers } = publishedModel(model.name);
    stated.state('model.id', id, model.path);
    stated.state('model.num_layers', numLayers, model.path);
  }
  stateOptimizer(stated, calls);
  // Until version 2 (2025) the model's and the trainer's configs had what the train module's has now
  for (const call of [model, named(calls, 'TrainerConfig'), named(calls, 'TransformerTrainModuleConfig')]) {
    if (call !== null) stateTrainModule(stated, call);
  }
  stated.imply('training.activation_checkpointing', 'none');
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
  const sharding = word('dp_config', 'name');
  if (Object.hasOwn(shardings, sharding))
    stated.state('parallelism.sharding', shardings[sharding], at('dp_config', 'name'));
  if (valueAt(call.value, ['float8_config', 'enabled']) === true) {
    stated.state('training.precision', 'fp8-mixed', at('float8_config', 'enabled'));
  } else {
    for (const keys of [['autocast_precision'], ['dp_config', 'param_dtype']]) {
      if (word(...keys) === 'bfloat16') stated.state('training.precision', 'bf16-mixed', at(...keys));
    }
  }
  const mode = word('ac_config', 'mode');
  if (mode !== '') {
    stated.state('training.activation_checkpointing', mode === 'full' ? 'full' : 'selective', at('ac_config', 'mode'));
  } else if (valueAt(call.value, ['ac_config']) !== undefined) {
    stated.infer('training.activation_checkpointing', 'unknown', 'ac_config is not literal', at('ac_config'));
  }
  for (const [field, key] of switches) {
    const value = valueAt(call.value, [key]);
    if (typeof value === 'boolean') stated.state(field, value, at(key));
  }
  stateNumber(
    stated,
    'parallelism.shard_ranks',
    valueAt(call.value, ['dp_config', 'shard_degree']),
    at('dp_config', 'shard_degree'),
  );
  for (const [field, key] of degrees)
    stateNumber(stated, field, valueAt(call.value, [key, 'degree']), at(key, 'degree'));
}

function stateOptimizer(stated: StatedFacts, calls: readonly Call[]): void {
  const call = calls.find(({ name }) => Object.hasOwn(optimizers, name));
  if (call !== undefined) stated.state('training.optimizer', optimizers[call.name], call.path);
}

const switches = [
  ['training.compile', 'compile'],
  ['training.compile', 'compile_model'],
  ['training.fused_loss', 'fused_loss'],
] as const;

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
  const length = first(document, calls, lengths) ?? { value: usualLength, path: null };
  if (length.path !== null) stateNumber(stated, 'training.sequence_length', length.value, length.path);
  else stated.infer('training.sequence_length', length.value, 'not stated; what olmo_core.internal.experiment takes');
  const global = first(document, calls, batches);
  if (global !== null) stateNumber(stated, 'training.global_batch_size', global.value / length.value, global.path);
  const micro = first(document, calls, microBatches);
  if (micro !== null) stateNumber(stated, 'training.micro_batch_size', micro.value / length.value, micro.path);
}

/** olmo_core/internal/experiment.py, `build_config(max_sequence_length: int = 4096)`, and in version 1. */
const usualLength = 4096;

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
  ['TrainerConfig', 'global_batch_size'],
  [null, 'GLOBAL_BATCH_SIZE'],
];

const microBatches: readonly Where[] = [
  ['TransformerTrainModuleConfig', 'rank_microbatch_size'],
  ['TrainerConfig', 'rank_microbatch_size'],
];

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
