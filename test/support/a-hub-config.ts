import { expect } from 'vitest';
import { readRun } from '../../src/core/reading/read-run.ts';

/** The `config.json` of a plain decoder, whose type says how its layers are built. */
export const llama = {
  architectures: ['LlamaForCausalLM'],
  hidden_size: 4096,
  intermediate_size: 14336,
  max_position_embeddings: 8192,
  model_type: 'llama',
  num_attention_heads: 32,
  num_hidden_layers: 32,
  num_key_value_heads: 8,
  vocab_size: 128256,
  torch_dtype: 'bfloat16',
};

/** The same of a type that nobody has described. */
export const ofUnknownType = { ...llama, model_type: 'constructor', architectures: ['ConstructorForCausalLM'] };

/** The run of a `config.json`. */
export function read(config: object) {
  return readRun('models/tiny/config.json', JSON.stringify(config, null, 2), new Map());
}

/** The facts of a `config.json` without their places. */
export function valuesOf(config: object): Record<string, unknown> {
  const { run, problems } = read(config);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}
