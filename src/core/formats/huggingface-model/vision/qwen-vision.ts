import type { Tower } from '../../../run/tower.ts';
import type { HubConfig } from '../hub-config.ts';
import { sizesOf } from './vision-sizes.ts';

/** Patches of two frames, as many as the image has; merged four to one by an MLP (arXiv 2409.12191 §2.1, 2502.13923 §2.1). */
export function qwenVision(config: HubConfig, blocks: Partial<Tower>): Tower | null {
  const sizes = sizesOf(config);
  if (sizes === null) return null;
  const { hiddenSize: h } = sizes;
  const merged = h * (config.count('spatial_merge_size') ?? 2) ** 2;
  const outputs = config.count('out_hidden_size') ?? config.count('hidden_size') ?? 0;
  const norm = blocks.norm === 'rmsnorm' ? h : 2 * h;
  return {
    name: 'vision',
    ...sizes,
    ...blocks,
    finalNorm: false,
    embeddingParameters: framePatches(config) * h,
    projectorParameters: norm + merged * merged + merged + merged * outputs + outputs,
  };
}

/** The same with learned positions and, for some layers, a merger of their own into the decoder (Qwen3VLVisionModel). */
export function qwen3Vision(config: HubConfig): Tower | null {
  const sizes = sizesOf(config);
  if (sizes === null) return null;
  const { hiddenSize: h } = sizes;
  const merged = h * (config.count('spatial_merge_size') ?? 2) ** 2;
  const outputs = config.count('out_hidden_size') ?? 0;
  const mlp = merged * merged + merged + merged * outputs + outputs;
  const mergers = config.counts('deepstack_visual_indexes')?.length ?? 0;
  return {
    name: 'vision',
    ...sizes,
    finalNorm: false,
    embeddingParameters: framePatches(config) * h + h + (config.count('num_position_embeddings') ?? 0) * h,
    projectorParameters: 2 * h + mlp + mergers * (2 * merged + mlp),
  };
}

function framePatches(config: HubConfig): number {
  const channels = config.count('in_channels', 'in_chans') ?? 3;
  return channels * (config.count('temporal_patch_size') ?? 2) * (config.count('patch_size') ?? 0) ** 2;
}
