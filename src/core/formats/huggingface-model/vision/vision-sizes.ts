import type { Tower } from '../../../run/tower.ts';
import type { HubConfig } from '../hub-config.ts';

/** The sizes of a tower, by each of their names; null where one is not known. */
export function sizesOf(
  config: HubConfig,
): Pick<Tower, 'hiddenSize' | 'numLayers' | 'numAttentionHeads' | 'intermediateSize'> | null {
  const hiddenSize = config.count('embed_dim', 'hidden_size');
  const numLayers = config.count('num_hidden_layers', 'depth');
  const numAttentionHeads = config.count('num_attention_heads', 'num_heads', 'attention_heads');
  const ratio = config.value('mlp_ratio');
  const intermediateSize =
    config.count('intermediate_size') ??
    (typeof ratio === 'number' && hiddenSize !== null ? Math.floor(ratio * hiddenSize) : null);
  if (!hiddenSize || !numLayers || !numAttentionHeads || !intermediateSize) return null;
  return { hiddenSize, numLayers, numAttentionHeads, intermediateSize };
}

/** Patches of a square image. */
export function patchesOf(config: HubConfig): number | null {
  const image = config.count('image_size') ?? config.counts('image_size')?.[0] ?? null;
  const patch = config.count('patch_size') ?? config.counts('patch_size')?.[0] ?? null;
  return image === null || patch === null || patch === 0 ? null : Math.floor(image / patch) ** 2;
}
