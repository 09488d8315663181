import type { Document } from '../../document/document.ts';
import { readWithSchema } from '../../document/read-with-schema.ts';
import type { Problem } from '../../problem.ts';
import type { Facts } from '../../run/facts.ts';
import type { RunField, RunValues } from '../../run/fields.ts';
import { StatedFacts } from '../stated-facts.ts';
import { impliedBy, multiQueryByDefault } from './implied.ts';
import { expertKeys, fieldKeys, ModelConfig } from './schema.ts';
import { unsupportedParts } from './unsupported.ts';

/** Also by the names of the two tables, which its type doesn't spell out. */
type Config = ModelConfig & Readonly<Record<string, unknown>>;

/** The model facts of a `config.json`: what it states, and with authority `default` what its model type implies. */
export function modelFacts(document: Document): { facts: Facts; problems: readonly Problem[] } {
  const { value: config, problems } = readWithSchema(document, ModelConfig);
  if (config === null) return { facts: {}, problems };
  const unsupported = unsupportedParts(document);
  if (unsupported.length > 0) return { facts: {}, problems: unsupported };

  const stated = new StatedFacts(document);
  stateFields(stated, config, fieldKeys);
  if (hasExperts(config)) stateExperts(stated, config);
  stateSharedHeads(stated, config);
  if (config.alibi === true) stated.state('model.position_embedding', 'alibi', ['alibi']);
  for (const [field, value] of Object.entries(impliedBy(config.model_type ?? ''))) {
    stated.imply(field as RunField, value);
  }
  return { facts: stated.facts, problems: [] };
}

function stateFields(stated: StatedFacts, config: Config, table: Partial<Record<RunField, readonly string[]>>): void {
  for (const [field, names] of Object.entries(table) as [RunField, readonly string[]][]) {
    const key = names.find((name) => config[name] !== null && config[name] !== undefined);
    // The schema of each key is that of its field.
    if (key !== undefined) stated.state(field, config[key] as RunValues[RunField], [key]);
  }
}

function hasExperts(config: Config): boolean {
  return expertKeys['model.moe.num_experts'].some((key) => typeof config[key] === 'number');
}

function stateExperts(stated: StatedFacts, config: Config): void {
  stateFields(stated, config, expertKeys);
  // Qwen's one shared expert has no key that counts it, only a width.
  const width = 'shared_expert_intermediate_size';
  if (typeof config[width] === 'number') stated.state('model.moe.shared_experts', 1, [width]);
}

/** Multi-query attention: Falcon writes `num_kv_heads` beside it, and does not mean it. */
function stateSharedHeads(stated: StatedFacts, config: Config): void {
  if (config.new_decoder_architecture === true) return;
  if (config.multi_query === true) stated.state('model.num_key_value_heads', 1, ['multi_query']);
  else if (config.multi_query !== false && multiQueryByDefault.has(config.model_type ?? '')) {
    stated.imply('model.num_key_value_heads', 1);
  }
}
