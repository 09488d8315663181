import type { ModelShape } from '../run/model-shape.ts';
import type { Tower } from '../run/tower.ts';
import type { CatalogModel, modelFamily, Origin } from './model-family.ts';

/** What encoder and decoder have alike. */
export interface StackSizes {
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly numAttentionHeads: number;
  readonly intermediateSize: number;
  /** hidden size ÷ heads by default. */
  readonly headDim?: number;
}

/** Which model it is, and its total. */
export interface EncoderDecoderModel {
  readonly id: string;
  readonly total: number;
  readonly vocabSize: number;
  /** `recalled` by default. */
  readonly origin?: Origin;
}

/** A model whose decoder reads what an encoder of the same sizes made of its input (arXiv 1706.03762, section 3.1). */
export function encoderDecoder(
  family: ReturnType<typeof modelFamily>,
  { id, total, vocabSize, origin = 'recalled' }: EncoderDecoderModel,
  sizes: StackSizes,
  encoder: Partial<Tower> & Pick<Tower, 'embeddingParameters'>,
  deviations: Partial<ModelShape> = {},
): CatalogModel {
  const { hiddenSize, numLayers, numAttentionHeads: heads, intermediateSize } = sizes;
  const headDim = sizes.headDim ?? hiddenSize / heads;
  return family(id, total, origin, [hiddenSize, numLayers, heads, heads, headDim, intermediateSize, vocabSize], {
    layers: [{ count: numLayers, mixers: ['attention', 'cross_attention'] }],
    crossAttention: { sourceSize: hiddenSize, isGated: false },
    towers: [{ name: 'encoder', ...sizes, ...encoder }],
    ...deviations,
  });
}
