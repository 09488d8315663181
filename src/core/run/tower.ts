import { z } from 'zod';
import { camelCased } from './camel-case.ts';

const size = z.int().min(1).max(10_000_000);
const parameters = z.int().min(0).max(1e13);

/** A stack of its own whose output the decoder takes in: the encoder of text, or what sees or hears. */
export const Tower = camelCased({
  name: z.enum(['encoder', 'vision', 'audio']).describe('What it takes in: text, images, sound'),
  hidden_size: size.describe('Width of its residual stream'),
  num_layers: z.int().min(1).max(10_000).describe('Its blocks'),
  num_attention_heads: z.int().min(1).max(100_000).describe('Its query heads'),
  num_key_value_heads: z.int().min(1).max(100_000).exactOptional().describe('As many as query heads by default'),
  head_dim: z.int().min(1).max(100_000).exactOptional().describe('hidden_size / num_attention_heads by default'),
  intermediate_size: size.describe('Width of its MLP'),
  gated_mlp: z.boolean().exactOptional().describe('Three MLP matrices instead of two'),
  norm: z.enum(['rmsnorm', 'layernorm']).exactOptional().describe('layernorm by default'),
  norms_per_layer: z.int().min(0).max(20).exactOptional().describe('2 by default'),
  qk_norm: z.boolean().exactOptional().describe('Norms on queries and keys, one of head_dim each'),
  attention_bias: z.boolean().exactOptional().describe('Biases on the four projections; true by default'),
  attention_output_bias: z.boolean().exactOptional().describe('The same on the output projection alone'),
  key_bias: z.boolean().exactOptional().describe('false: keys have none (Whisper)'),
  mlp_bias: z.boolean().exactOptional().describe('Biases on the MLP matrices; true by default'),
  final_norm: z.boolean().exactOptional().describe('A norm behind its last block; true by default'),
  embedding_parameters: parameters
    .exactOptional()
    .describe('In front of its blocks: patches or convolutions, positions, class token, norms; 0 by default'),
  projector_parameters: parameters.exactOptional().describe('Between its blocks and the decoder; 0 by default'),
  other_layer_parameters: parameters
    .exactOptional()
    .describe('Parameters of a block that no other key describes (gates, scales)'),
  tokens: size
    .exactOptional()
    .describe('Positions that it works on for one sequence, image or clip, where its input has a fixed size'),
  inputs_per_sequence: z
    .number()
    .gt(0)
    .max(1e6)
    .exactOptional()
    .describe('Images or clips in one sequence of training; 1 by default'),
  frozen: z.boolean().exactOptional().describe('Its blocks are not trained'),
  projector_frozen: z.boolean().exactOptional().describe('Its projector is not trained'),
});
export type Tower = z.output<typeof Tower>;
