import type { Tower } from '../run/tower.ts';

/** What reads the images: its width and depth, its patches, and the square that it reads. */
export interface SiglipSizes {
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly numAttentionHeads: number;
  readonly intermediateSize: number;
  readonly patchPixels: number;
  readonly imagePixels: number;
}

/** The shape-optimized SigLIP (arXiv 2303.15343 §4), for images of so many pixels a side. */
export function siglip400m(imagePixels: number): SiglipSizes {
  const sizes = { hiddenSize: 1152, numLayers: 27, numAttentionHeads: 16, intermediateSize: 4304 };
  return { ...sizes, patchPixels: 14, imagePixels };
}

/** SigLIP as a tower: a position for each patch and no class token. */
export function siglipTower({ patchPixels, imagePixels, ...sizes }: SiglipSizes, projectorParameters: number): Tower {
  const { hiddenSize: h } = sizes;
  const tokens = Math.floor(imagePixels / patchPixels) ** 2;
  return {
    name: 'vision',
    ...sizes,
    tokens,
    embeddingParameters: 3 * patchPixels ** 2 * h + h + tokens * h,
    projectorParameters,
  };
}
