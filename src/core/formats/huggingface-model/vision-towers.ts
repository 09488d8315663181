import type { Tower } from '../../run/tower.ts';
import type { HubConfig } from './hub-config.ts';
import { internVision } from './vision/intern-vit.ts';
import { mllamaVision } from './vision/mllama-vision.ts';
import { qwen3Vision, qwenVision } from './vision/qwen-vision.ts';
import { llama4Adapter, plainBlocks, pooler, siglipHead, vit } from './vision/vit.ts';

/** A vision tower by its `vision_config`, without a projector; null where its type is not known. */
export function visionTower(config: HubConfig): Tower | null {
  return Object.hasOwn(towers, config.type) ? (towers[config.type]?.(config) ?? null) : null;
}

/** Each from its modeling file in transformers: what stands in front of the blocks, and how these differ from ViT's. */
const towers: Readonly<Record<string, (config: HubConfig) => Tower | null>> = {
  clip_vision_model: (config) => vit(config, { classToken: true, convBias: false, norms: 2 }),
  siglip_vision_model: (config) => vit(config, { more: siglipHead(config) }),
  vit: (config) => vit(config, { classToken: true, more: pooler(config) }),
  dinov2: (config) =>
    vit(config, {
      classToken: true,
      more: config.count('hidden_size') ?? 0,
      perLayer: 2 * (config.count('hidden_size') ?? 0),
    }),
  pixtral: (config) =>
    vit(config, { convBias: false, positions: false, norms: 1 }, { ...plainBlocks, finalNorm: false }),
  llama4_vision_model: (config) =>
    vit(config, { classToken: true, convBias: false, norms: 2, more: llama4Adapter(config) }),
  internvl_vision: internVision,
  mllama_vision_model: mllamaVision,
  qwen2_vl_vision: (config) => qwenVision(config, {}),
  qwen2_5_vl_vision: (config) => qwenVision(config, { gatedMlp: true, norm: 'rmsnorm' }),
  qwen3_vl_vision: qwen3Vision,
  qwen3_vl_moe_vision: qwen3Vision,
  qwen3_5_vision: qwen3Vision,
  qwen3_5_moe_vision: qwen3Vision,
};
