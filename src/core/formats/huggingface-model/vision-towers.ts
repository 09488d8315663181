import type { Tower } from '../../run/tower.ts';
import type { HubConfig } from './hub-config.ts';

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

/** Llama's block: no biases, a gated MLP, RMSNorm. */
const plainBlocks = { attentionBias: false, mlpBias: false, gatedMlp: true, norm: 'rmsnorm' } as const;

interface Front {
  readonly classToken?: boolean;
  readonly convBias?: boolean;
  readonly positions?: boolean;
  /** Norms besides those of the blocks: in front, and behind where there are two. */
  readonly norms?: number;
  readonly more?: number;
  readonly perLayer?: number;
}

/** Patches of an image, a learned position each (arXiv 2010.11929 §3.1). */
function vit(config: HubConfig, front: Front, blocks: Partial<Tower> = {}): Tower | null {
  const sizes = sizesOf(config);
  const patches = patchesOf(config);
  const patch = config.count('patch_size');
  if (sizes === null || patches === null || patch === null) return null;
  const { hiddenSize: h } = sizes;
  const { classToken = false, convBias = true, positions = true, norms = 1, more = 0, perLayer } = front;
  const tokens = patches + (classToken ? 1 : 0);
  const normSize = blocks.norm === 'rmsnorm' ? h : 2 * h;
  // The norm behind the blocks is the tower's own, so that one of two stands in front.
  const frontNorms = blocks.finalNorm === false ? norms : norms - 1;
  return {
    name: 'vision',
    ...sizes,
    ...blocks,
    embeddingParameters:
      (config.count('num_channels') ?? 3) * patch ** 2 * h +
      (convBias ? h : 0) +
      (classToken ? h : 0) +
      (positions ? tokens * h : 0) +
      frontNorms * normSize +
      more,
    ...(perLayer === undefined ? {} : { otherLayerParameters: perLayer }),
    tokens,
  };
}

function sizesOf(
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

function patchesOf(config: HubConfig): number | null {
  const image = config.count('image_size') ?? config.counts('image_size')?.[0] ?? null;
  const patch = config.count('patch_size') ?? config.counts('patch_size')?.[0] ?? null;
  return image === null || patch === null || patch === 0 ? null : Math.floor(image / patch) ** 2;
}

/** Attention of one learned query over all patches, a norm and an MLP (SiglipMultiheadAttentionPoolingHead). */
function siglipHead(config: HubConfig): number {
  if (config.flag('vision_use_head') === false) return 0;
  const h = config.count('hidden_size') ?? 0;
  const f = config.count('intermediate_size') ?? 0;
  return h + 4 * h * h + 4 * h + 2 * h + 2 * h * f + f + h;
}

function pooler(config: HubConfig): number {
  const h = config.count('hidden_size') ?? 0;
  return h * (config.count('pooler_output_size') ?? h) + (config.count('pooler_output_size') ?? h);
}

/** Pixels shuffled into fewer, wider tokens and an MLP without biases (Llama4VisionPixelShuffleMLP). */
function llama4Adapter(config: HubConfig): number {
  const [inputs, middle, outputs] = ['intermediate_size', 'projector_input_dim', 'projector_output_dim'].map(
    (key) => config.count(key) ?? 0,
  );
  return (inputs ?? 0) * (middle ?? 0) + (middle ?? 0) * (outputs ?? 0);
}

function internVision(config: HubConfig): Tower | null {
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

/**
 * Tiles of an image with gated embeddings of position and tile; local layers, then global ones with two gates each (arXiv
 * 2407.21783 §7.1; MllamaVisionModel).
 */
function mllamaVision(config: HubConfig): Tower | null {
  const sizes = sizesOf(config);
  const patches = patchesOf(config);
  const patch = config.count('patch_size');
  const globals = config.count('num_global_layers');
  if (sizes === null || patches === null || patch === null || globals === null) return null;
  const { hiddenSize: h, numLayers } = sizes;
  const tiles = config.count('max_num_tiles') ?? 4;
  const ratios = (config.maps('supported_aspect_ratios') ?? Array.from({ length: 8 })).length + 1;
  const positions = patches + 1;
  const layers = numLayers + globals;
  return {
    name: 'vision',
    ...sizes,
    numLayers: layers,
    attentionBias: false,
    embeddingParameters:
      3 * patch ** 2 * h +
      h +
      // Positions and their gate, tiles of all positions; tiles in front and behind with their gates; two norms, one of them the tower's own.
      (1 + positions * h + ratios * tiles * positions * h) +
      2 * (1 + ratios * tiles * h) +
      2 * h +
      2 * globals,
    tokens: positions * tiles,
  };
}

/** Patches of two frames, as many as the image has; merged four to one by an MLP (arXiv 2409.12191 §2.1, 2502.13923 §2.1). */
function qwenVision(config: HubConfig, blocks: Partial<Tower>): Tower | null {
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

function framePatches(config: HubConfig): number {
  const channels = config.count('in_channels', 'in_chans') ?? 3;
  return channels * (config.count('temporal_patch_size') ?? 2) * (config.count('patch_size') ?? 0) ** 2;
}

/** The same with learned positions and, for some layers, a merger of their own into the decoder (Qwen3VLVisionModel). */
function qwen3Vision(config: HubConfig): Tower | null {
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
