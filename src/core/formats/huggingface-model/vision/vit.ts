import type { Tower } from '../../../run/tower.ts';
import type { HubConfig } from '../hub-config.ts';
import { patchesOf, sizesOf } from './vision-sizes.ts';

/** Patches of an image, a learned position each (arXiv 2010.11929 §3.1). */
export function vit(config: HubConfig, front: Front, blocks: Partial<Tower> = {}): Tower | null {
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

interface Front {
  readonly classToken?: boolean;
  readonly convBias?: boolean;
  readonly positions?: boolean;
  /** Norms besides those of the blocks: in front, and behind where there are two. */
  readonly norms?: number;
  readonly more?: number;
  readonly perLayer?: number;
}

/** Llama's block: no biases, a gated MLP, RMSNorm. */
export const plainBlocks = { attentionBias: false, mlpBias: false, gatedMlp: true, norm: 'rmsnorm' } as const;

/** Attention of one learned query over all patches, a norm and an MLP (SiglipMultiheadAttentionPoolingHead). */
export function siglipHead(config: HubConfig): number {
  if (config.flag('vision_use_head') === false) return 0;
  const h = config.count('hidden_size') ?? 0;
  const f = config.count('intermediate_size') ?? 0;
  return h + 4 * h * h + 4 * h + 2 * h + 2 * h * f + f + h;
}

export function pooler(config: HubConfig): number {
  const h = config.count('hidden_size') ?? 0;
  return h * (config.count('pooler_output_size') ?? h) + (config.count('pooler_output_size') ?? h);
}

/** Pixels shuffled into fewer, wider tokens and an MLP without biases (Llama4VisionPixelShuffleMLP). */
export function llama4Adapter(config: HubConfig): number {
  const [inputs, middle, outputs] = ['intermediate_size', 'projector_input_dim', 'projector_output_dim'].map(
    (key) => config.count(key) ?? 0,
  );
  return (inputs ?? 0) * (middle ?? 0) + (middle ?? 0) * (outputs ?? 0);
}
