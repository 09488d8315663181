import { towerShape } from '../../run/tower-shape.ts';
import type { Tower } from '../../run/tower.ts';
import type { CatalogModel } from '../model-family.ts';

/** An encoder of one of the two kinds of input; MLPs are four times as wide unless it says otherwise. */
type Encoder = readonly [width: number, layers: number, heads: number, mlpWidth?: number];

/** A square image in patches: the pixels of a side of each. */
type Image = readonly [pixels: number, patchPixels: number];

/**
 * What OpenCLIP trains by the names of its `--model` (open_clip, model_configs/*.json): two encoders and no decoder. The
 * one of images stands for the model here, its patches for the sequence; the one of text is a tower beside it. Totals are
 * exact, and round to those of open_clip's docs/model_profile.csv.
 */
export const openClipModels: readonly CatalogModel[] = [
  clip('ViT-S-32', 63_085_825, [224, 32], [384, 12, 6], [384, 12, 6], 384),
  clip('ViT-S-16', 62_257_537, [224, 16], [384, 12, 6], [384, 12, 6], 384),
  clip('ViT-M-32', 103_119_873, [224, 32], [512, 12, 8], [512, 12, 8], 512),
  clip('ViT-M-16', 102_015_489, [224, 16], [512, 12, 8], [512, 12, 8], 512),
  clip('ViT-B-32', 151_277_313, [224, 32], [768, 12, 12], [512, 12, 8], 512),
  clip('ViT-B-32-256', 151_288_833, [256, 32], [768, 12, 12], [512, 12, 8], 512),
  clip('ViT-B-32-plus-256', 210_297_473, [256, 32], [896, 12, 14], [640, 12, 10], 640),
  clip('ViT-B-16', 149_620_737, [224, 16], [768, 12, 12], [512, 12, 8], 512),
  clip('ViT-B-16-plus', 208_351_361, [224, 16], [896, 12, 14], [640, 12, 10], 640),
  clip('ViT-B-16-plus-240', 208_377_345, [240, 16], [896, 12, 14], [640, 12, 10], 640),
  clip('ViT-L-16', 427_739_393, [224, 16], [1024, 24, 16], [768, 12, 12], 768),
  clip('ViT-L-16-320', 427_948_289, [320, 16], [1024, 24, 16], [768, 12, 12], 768),
  clip('ViT-L-14', 427_616_513, [224, 14], [1024, 24, 16], [768, 12, 12], 768),
  clip('ViT-L-14-280', 427_763_969, [280, 14], [1024, 24, 16], [768, 12, 12], 768),
  clip('ViT-L-14-336', 427_944_193, [336, 14], [1024, 24, 16], [768, 12, 12], 768),
  clip('ViT-H-16', 986_263_041, [224, 16], [1280, 32, 16], [1024, 24, 16], 1024),
  clip('ViT-H-14', 986_109_441, [224, 14], [1280, 32, 16], [1024, 24, 16], 1024),
  clip('ViT-g-14', 1_366_678_273, [224, 14], [1408, 40, 16, 6144], [1024, 24, 16], 1024),
  clip('ViT-bigG-14', 2_539_567_105, [224, 14], [1664, 48, 16, 8192], [1280, 32, 20], 1280),
  siglip('ViT-B-16-SigLIP', 203_155_970, [224, 16], [768, 12, 12]),
  siglip('ViT-B-16-SigLIP-256', 203_202_050, [256, 16], [768, 12, 12]),
  siglip('ViT-B-16-SigLIP-384', 203_447_810, [384, 16], [768, 12, 12]),
  siglip('ViT-B-16-SigLIP-512', 203_791_874, [512, 16], [768, 12, 12]),
  siglip('ViT-L-16-SigLIP-256', 652_150_786, [256, 16], [1024, 24, 16]),
  siglip('ViT-L-16-SigLIP-384', 652_478_466, [384, 16], [1024, 24, 16]),
  siglip('ViT-SO400M-14-SigLIP', 877_360_306, [224, 14], [1152, 27, 16, 4304], 16),
  siglip('ViT-SO400M-14-SigLIP-384', 877_960_498, [384, 14], [1152, 27, 16, 4304]),
];

/** CLIP (arXiv 2103.00020 §2.4): a class token, a norm in front, both outputs projected to one width, and a temperature. */
function clip(
  id: string,
  total: number,
  [pixels, patch]: Image,
  image: Encoder,
  text: Encoder,
  projected: number,
): CatalogModel {
  const [width] = image;
  const [textWidth] = text;
  return openClip([id, `${id}-quickgelu`], total, image, {
    positions: Math.floor(pixels / patch) ** 2 + 1,
    otherParameters: 3 * patch ** 2 * width + width + 2 * width + width * projected + 1,
    text: textEncoder(text, { vocabulary: 49_408, context: 77, projectorParameters: textWidth * projected }),
  });
}

/**
 * SigLIP (arXiv 2303.15343): no class token, but a layer of attention that pools the patches (timm,
 * layers/attention_pool.py), biases on patches and on the projection of text, a temperature and a bias of the loss.
 */
function siglip(id: string, total: number, [pixels, patch]: Image, encoder: Encoder, context = 64): CatalogModel {
  const [width, , , mlpWidth = 4 * width] = encoder;
  const pool = width + 4 * (width ** 2 + width) + 2 * width + 2 * width * mlpWidth + mlpWidth + width;
  return openClip([id], total, encoder, {
    positions: Math.floor(pixels / patch) ** 2,
    otherParameters: 3 * patch ** 2 * width + width + pool + 2,
    text: textEncoder(encoder, { vocabulary: 32_000, context, projectorParameters: width ** 2 + width }),
  });
}

interface Parts {
  readonly positions: number;
  readonly otherParameters: number;
  readonly text: Tower;
}

function openClip(
  ids: readonly string[],
  totalParameters: number,
  encoder: Encoder,
  { positions, otherParameters, text }: Parts,
): CatalogModel {
  const shape = towerShape({ name: 'vision', ...sizesOf(encoder) });
  return {
    ids,
    shape: { ...shape, learnedPositions: positions, otherParameters, towers: [text], peculiarities: ['bidirectional'] },
    totalParameters,
    source: 'open_clip, model_configs and docs/model_profile.csv',
  };
}

function textEncoder(
  encoder: Encoder,
  parts: { readonly vocabulary: number; readonly context: number; readonly projectorParameters: number },
): Tower {
  const { vocabulary, context, projectorParameters } = parts;
  const sizes = sizesOf(encoder);
  return {
    name: 'encoder',
    ...sizes,
    tokens: context,
    embeddingParameters: (vocabulary + context) * sizes.hiddenSize,
    projectorParameters,
  };
}

function sizesOf([hiddenSize, numLayers, numAttentionHeads, intermediateSize = 4 * hiddenSize]: Encoder) {
  return { hiddenSize, numLayers, numAttentionHeads, intermediateSize };
}
