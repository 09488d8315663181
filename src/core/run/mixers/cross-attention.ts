import { attentionMatrices, attentionWidths, type Matrix } from '../matrices.ts';
import type { CrossAttentionShape } from '../mixer-shapes.ts';
import type { ModelShape } from '../model-shape.ts';

/** Projections of attention whose keys and values come from a tower (arXiv 1706.03762 §3.2.3). */
export function crossAttentionMatrices(model: ModelShape, { sourceSize }: CrossAttentionShape): readonly Matrix[] {
  const [query, key, value, output] = attentionMatrices(model);
  return [query, { ...key, inputs: sourceSize }, { ...value, inputs: sourceSize }, output];
}

/** Norms on queries and keys, and a gate each for attention and MLP (Llama 3.2 Vision, arXiv 2407.21783 §7.1). */
export function crossAttentionVectors(model: ModelShape, { isGated }: CrossAttentionShape): number {
  return isGated ? 2 * model.headDim + 2 : 0;
}

/** Values that the backward pass needs, of a token of the decoder and of one that is read. */
export function crossAttentionKept(model: ModelShape): { perToken: number; perSourceToken: number } {
  const { query, keyValue } = attentionWidths(model);
  return { perToken: 2 * query, perSourceToken: 2 * keyValue };
}
