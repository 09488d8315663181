import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import { valueAt } from '../../document/value-at.ts';
import type { Problem } from '../../problem.ts';
import type { Facts } from '../../run/facts.ts';
import type { RunField, RunValues } from '../../run/fields.ts';
import { StatedFacts } from '../stated-facts.ts';
import { HubConfig } from './hub-config.ts';
import { impliedBy, isKnownType, multiQueryByDefault, type Implied } from './implied.ts';
import { inferredFrom } from './inferred.ts';
import { expertCount } from './expert-layers.ts';
import { fromKeysOfType } from './keys-of-type.ts';
import { layerPlan } from './layer-plan.ts';
import { mixerFacts } from './mixer-facts.ts';
import { expertKeys, fieldKeys, ModelConfig } from './schema.ts';
import { encoderDecoder } from './seq2seq.ts';
import { textPart } from './text-part.ts';
import { towerFacts } from './tower-facts.ts';
import { towersOf } from './towers.ts';
import { unsupportedParts } from './unsupported.ts';

/** The model facts of a `config.json`: what it states, and with authority `default` what its model type implies. */
export function modelFacts(document: Document): { facts: Facts; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const whole = new HubConfig(document, [], problems);
  const text = textPart(whole);
  const { value, problems: badValues } = readWithSchema(document, ModelConfig, text.keys);
  if (value === null) return { facts: {}, problems: badValues };
  const unsupported = unsupportedParts(document, whole, text);
  if (unsupported.length > 0) return { facts: {}, problems: unsupported };

  const stated = new StatedFacts(document);
  const alone = towerFacts(whole);
  const pair = encoderDecoder(whole);
  if (alone !== null) stateAll(stated, alone, whole);
  else if (pair !== null) stateEncoderDecoder(stated, pair, whole);
  else {
    const notCounted = stateDecoder(stated, text, whole, document);
    // A tower may only be unknown because one of its sizes is no size.
    if (problems.length === 0) problems.push(...notCounted);
  }
  return problems.length > 0 ? { facts: {}, problems } : { facts: stated.facts, problems: [] };
}

function stateDecoder(stated: StatedFacts, text: HubConfig, whole: HubConfig, document: Document): readonly Problem[] {
  stateFields(stated, text, fieldKeys);
  if ((expertCount(text) ?? 0) > 0) stateExperts(stated, text);
  stateSharedHeads(stated, text);
  if (text.flag('alibi') === true) stated.state('model.position_embedding', 'alibi', [...text.keys, 'alibi']);
  stateTying(stated, text, whole);
  stateRopeScaling(stated, text, document);
  stateAll(stated, fromKeysOfType(text), text);
  stateAll(stated, mixerFacts(text), text);
  const layers = layerPlan(text);
  if (layers !== null) stated.state('model.layers', layers, text.keys);
  if (isKnownType(text.type)) {
    for (const [field, value] of Object.entries(impliedBy(text.type))) stated.imply(field as RunField, value);
  } else {
    for (const { field, value, reason } of inferredFrom(text, whole)) stated.infer(field, value, reason);
    stated.state('model.unknown_type', text.type === '' ? 'without a name' : text.type, [...text.keys, 'model_type']);
  }
  stateWindow(stated, text);

  const { towers, problems } = towersOf(whole, stated.facts['model.hidden_size']?.value ?? 0, document);
  if (towers.length > 0) stated.state('model.towers', towers, []);
  return problems;
}

/** `rope_scaling`, and since transformers 5 `rope_parameters`; both also only say how rotary positions are. */
function stateRopeScaling(stated: StatedFacts, { keys }: HubConfig, document: Document): void {
  for (const key of ['rope_scaling', 'rope_parameters']) {
    const type =
      valueAt(document.value, [...keys, key, 'rope_type']) ?? valueAt(document.value, [...keys, key, 'type']);
    if (typeof type !== 'string') continue;
    stated.state('model.rope_scaling', type !== 'default' && type !== 'mrope', [...keys, key]);
  }
}

/** Sizes that its stacks share stand where they are written; what follows from several keys stands at the file's head. */
function stateEncoderDecoder(stated: StatedFacts, facts: Implied, whole: HubConfig): void {
  stateAll(stated, facts, whole);
  stateFields(stated, whole, {
    'model.hidden_size': ['d_model', 'hidden_size'],
    'model.vocab_size': ['vocab_size'],
    'model.tie_word_embeddings': ['tie_word_embeddings'],
  });
}

function stateAll(stated: StatedFacts, facts: Implied, { keys }: HubConfig): void {
  for (const [field, value] of Object.entries(facts) as [RunField, RunValues[RunField]][]) {
    stated.state(field, value, keys);
  }
}

/** What is written stands at its key; what the class has instead is knowledge of the model. */
function stateFields(
  stated: StatedFacts,
  config: HubConfig,
  table: Partial<Record<RunField, readonly string[]>>,
): void {
  for (const [field, names] of Object.entries(table) as [RunField, readonly string[]][]) {
    const written = names.find((name) => config.written(name) !== undefined && isSingle(config.single(name)));
    const key = written ?? names.find((name) => isSingle(config.single(name)));
    if (key === undefined) continue;
    // The schema of each key is that of its field.
    const value = config.single(key) as RunValues[RunField];
    if (written === undefined) stated.imply(field, value);
    else stated.state(field, value, [...config.keys, key]);
  }
}

function isSingle(value: unknown): boolean {
  return value !== null && value !== undefined && !Array.isArray(value);
}

function stateExperts(stated: StatedFacts, config: HubConfig): void {
  stateFields(stated, config, expertKeys);
  // Qwen's one shared expert has no key that counts it, only a width.
  const width = expertKeys['model.moe.shared_intermediate_size'].find((key) => (config.count(key) ?? 0) > 0);
  const isCounted = expertKeys['model.moe.shared_experts'].some((key) => config.count(key) !== null);
  if (width !== undefined && !isCounted) stated.state('model.moe.shared_experts', 1, [...config.keys, width]);
}

/** Multi-query attention: Falcon writes `num_kv_heads` beside it, and does not mean it. */
function stateSharedHeads(stated: StatedFacts, config: HubConfig): void {
  if (config.flag('new_decoder_architecture') === true) return;
  const isStated = config.flag('multi_query');
  if (isStated === true) stated.state('model.num_key_value_heads', 1, [...config.keys, 'multi_query']);
  else if (isStated !== false && multiQueryByDefault.has(config.type)) stated.imply('model.num_key_value_heads', 1);
}

/** Of a model with several parts, the whole says whether its head is the embedding. */
function stateTying(stated: StatedFacts, text: HubConfig, whole: HubConfig): void {
  const key = 'tie_word_embeddings';
  const isTied = whole.written(key);
  if (text.keys.length > 0 && typeof isTied === 'boolean') stated.state('model.tie_word_embeddings', isTied, [key]);
}

/** Types all of whose layers have the window that the config states. */
const windowed: ReadonlySet<string> = new Set(['mistral', 'mixtral', 'phi3', 'starcoder2']);

function stateWindow(stated: StatedFacts, config: HubConfig): void {
  const window = config.written('sliding_window');
  if (!windowed.has(config.type) || typeof window !== 'number' || !Number.isInteger(window) || window < 1) return;
  stated.state('model.sliding_window', window, [...config.keys, 'sliding_window']);
}
