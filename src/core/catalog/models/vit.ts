import type { ModelShape } from '../../run/model-shape.ts';
import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const family = { ...gpt, tieWordEmbeddings: true, peculiarities: ['bidirectional'] } as const;
const vit = modelFamily('vit', family);
const clip = modelFamily('clip_vision_model', family);
const dinov2 = modelFamily('dinov2', family);

/** Vision transformers alone: patches, a class token and positions in front; ViT's pooler or CLIP's first norm besides. */
export const vitModels: readonly CatalogModel[] = [
  vitModel('facebook/deit-base-patch16-224', 86_389_248, [768, 12, 12], { pixels: 16, patches: 196 }),
  vitModel('facebook/deit-small-patch16-224', 21_813_504, [384, 12, 6], { pixels: 16, patches: 196 }),
  vitModel('facebook/deit-tiny-patch16-224', 5_561_472, [192, 12, 3], { pixels: 16, patches: 196 }),
  dinov2Model('facebook/dinov2-base', 86_580_480, [768, 12, 12]),
  dinov2Model('facebook/dinov2-giant', 1_136_480_768, [1536, 40, 24], { gatedMlp: true, intermediateSize: 4096 }),
  dinov2Model('facebook/dinov2-large', 304_368_640, [1024, 24, 16]),
  dinov2Model('facebook/dinov2-small', 22_056_576, [384, 12, 6]),
  vitModel('google/vit-base-patch16-224', 86_389_248, [768, 12, 12], { pixels: 16, patches: 196 }),
  vitModel('google/vit-base-patch16-224-in21k', 86_389_248, [768, 12, 12], { pixels: 16, patches: 196 }),
  vitModel('google/vit-base-patch16-384', 86_681_088, [768, 12, 12], { pixels: 16, patches: 576 }),
  vitModel('google/vit-base-patch32-224-in21k', 88_045_824, [768, 12, 12], { pixels: 32, patches: 49 }),
  vitModel('google/vit-huge-patch14-224-in21k', 632_404_480, [1280, 32, 16], { pixels: 14, patches: 256 }),
  vitModel('google/vit-large-patch16-224', 304_351_232, [1024, 24, 16], { pixels: 16, patches: 196 }),
  vitModel('google/vit-large-patch16-224-in21k', 304_351_232, [1024, 24, 16], { pixels: 16, patches: 196 }),
  // The vision tower, which is what multimodal models take of it.
  clip('openai/clip-vit-large-patch14', 303_179_776, 'recalled', [1024, 24, 16, 16, 64, 4096, 0], {
    otherParameters: 3 * 14 ** 2 * 1024 + 1024 + 257 * 1024 + 2 * 1024,
  }),
  clip('openai/clip-vit-large-patch14-336', 303_507_456, 'recalled', [1024, 24, 16, 16, 64, 4096, 0], {
    otherParameters: 3 * 14 ** 2 * 1024 + 1024 + 577 * 1024 + 2 * 1024,
  }),
];

/** MLPs are four times as wide. */
type Sizes = readonly [hiddenSize: number, numLayers: number, heads: number];

/** Patches: the pixels of a side, and how many make an image. */
interface Patches {
  readonly pixels: number;
  readonly patches: number;
}

function vitModel(id: string, total: number, [h, numLayers, heads]: Sizes, patches: Patches): CatalogModel {
  return vit(id, total, 'recalled', [h, numLayers, heads, heads, h / heads, 4 * h, 0], {
    otherParameters: embedding(h, patches) + h ** 2 + h,
  });
}

/** A mask token as well, and a scale on what each half of a layer adds (arXiv 2304.07193 §4, 2103.17239 §2). */
function dinov2Model(
  id: string,
  total: number,
  [h, numLayers, heads]: Sizes,
  deviations: Partial<ModelShape> = {},
): CatalogModel {
  return dinov2(id, total, 'recalled', [h, numLayers, heads, heads, h / heads, 4 * h, 0], {
    layers: [{ count: numLayers, otherParameters: 2 * h }],
    otherParameters: embedding(h, { pixels: 14, patches: 37 ** 2 }) + h,
    ...deviations,
  });
}

function embedding(hiddenSize: number, { pixels, patches }: Patches): number {
  return 3 * pixels ** 2 * hiddenSize + hiddenSize + hiddenSize + (patches + 1) * hiddenSize;
}
