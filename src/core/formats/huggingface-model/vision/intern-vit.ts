import type { Tower } from '../../../run/tower.ts';
import type { HubConfig } from '../hub-config.ts';
import { patchesOf, sizesOf } from './vision-sizes.ts';

/** InternViT: its residuals are scaled, and its norms and biases by choice (InternVLVisionModel). */
export function internVision(config: HubConfig): Tower | null {
  const h = config.count('hidden_size') ?? 0;
  const patch = config.count('patch_size') ?? config.counts('patch_size')?.[0] ?? null;
  const patches = patchesOf(config);
  const sizes = sizesOf(config);
  if (sizes === null || patch === null || patches === null) return null;
  const isBiased = config.flag('attention_bias', 'qkv_bias') ?? false;
  const positions = config.flag('use_absolute_position_embeddings') === false ? 0 : (patches + 1) * h;
  return {
    name: 'vision',
    ...sizes,
    attentionBias: isBiased,
    attentionOutputBias: true,
    finalNorm: config.flag('use_mean_pooling') === false,
    // Patches, class token, positions; a scale for each of the two residuals.
    embeddingParameters: 3 * patch ** 2 * h + h + h + positions,
    otherLayerParameters: 2 * h + (config.flag('use_qk_norm') === true ? 2 * h : 0),
    tokens: patches + 1,
  };
}
