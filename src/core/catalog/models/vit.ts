import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const family = { ...gpt, tieWordEmbeddings: true, peculiarities: ['bidirectional'] } as const;
const vit = modelFamily('vit', family);
const clip = modelFamily('clip_vision_model', family);

/** Vision transformers alone: patches, a class token and positions in front; ViT's pooler or CLIP's first norm besides. */
export const vitModels: readonly CatalogModel[] = [
  vit('google/vit-base-patch16-224', 86_389_248, 'recalled', [768, 12, 12, 12, 64, 3072, 0], {
    otherParameters: 3 * 16 ** 2 * 768 + 768 + 768 + 197 * 768 + 768 ** 2 + 768,
  }),
  vit('google/vit-base-patch16-224-in21k', 86_389_248, 'recalled', [768, 12, 12, 12, 64, 3072, 0], {
    otherParameters: 3 * 16 ** 2 * 768 + 768 + 768 + 197 * 768 + 768 ** 2 + 768,
  }),
  // The vision tower, which is what multimodal models take of it.
  clip('openai/clip-vit-large-patch14', 303_179_776, 'recalled', [1024, 24, 16, 16, 64, 4096, 0], {
    otherParameters: 3 * 14 ** 2 * 1024 + 1024 + 257 * 1024 + 2 * 1024,
  }),
  clip('openai/clip-vit-large-patch14-336', 303_507_456, 'recalled', [1024, 24, 16, 16, 64, 4096, 0], {
    otherParameters: 3 * 14 ** 2 * 1024 + 1024 + 577 * 1024 + 2 * 1024,
  }),
];
