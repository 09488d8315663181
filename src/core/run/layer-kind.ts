import { z } from 'zod';
import { camelCased } from './camel-case.ts';

/** What can mix the tokens of a sequence in a layer; each has its dimensions in the model, and its file in mixers/. */
export const mixerNames = [
  'attention',
  'cross_attention',
  'mamba',
  'mamba2',
  'linear_attention',
  'short_convolution',
  'gated_recurrence',
] as const;

export type MixerName = (typeof mixerNames)[number];

const count = z.int().min(1).max(10_000);
const size = z.int().min(1).max(10_000_000);

/** Layers that are alike, and how many; what is left out is as in the model. */
export const LayerKind = camelCased({
  count: count.describe('Layers of this kind'),
  mixers: z
    .array(z.enum(mixerNames))
    .max(4)
    .exactOptional()
    .describe('What mixes tokens, one after or beside the other; attention by default, an empty list for none'),
  mlp: z.enum(['dense', 'experts', 'none']).exactOptional().describe('dense by default'),
  num_attention_heads: size.exactOptional().describe('Query heads, where they differ from the model'),
  num_key_value_heads: size.exactOptional().describe('Key/value heads, where they differ from the model'),
  head_dim: size.exactOptional().describe('Width of a head, where it differs from the model'),
  intermediate_size: size.exactOptional().describe('Width of the MLP, where it differs from the model'),
  attends_to: size.exactOptional().describe('Tokens that attention reaches at most, as a sliding window'),
  norms_per_layer: z.int().min(0).max(20).exactOptional().describe('Norms of the hidden size'),
  qk_norm: z.boolean().exactOptional().describe('Norms on queries and keys'),
  shares_key_values: z.boolean().exactOptional().describe('Keys and values are those of another layer'),
  other_parameters: z
    .int()
    .min(-1e9)
    .max(1e12)
    .exactOptional()
    .describe('Parameters of a layer that no other field describes'),
});
export type LayerKind = z.output<typeof LayerKind>;
