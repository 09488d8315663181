import type { LayerKind } from '../../run/layer-kind.ts';
import type { Tower } from '../../run/tower.ts';
import type { LinearAttentionShape } from '../../run/mixer-shapes.ts';
import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const family = { qkNorm: true, peculiarities: ['attention-gate'] } as const;
const qwen35 = modelFamily('qwen3_5', family);
const qwen35Moe = modelFamily('qwen3_5_moe', { qkNorm: true, peculiarities: ['attention-gate', 'shared-expert-gate'] });

type Vit = Pick<Tower, 'hiddenSize' | 'numLayers' | 'numAttentionHeads' | 'intermediateSize'>;

const small: Vit = { hiddenSize: 768, numLayers: 12, numAttentionHeads: 12, intermediateSize: 3072 };
const medium: Vit = { hiddenSize: 1024, numLayers: 24, numAttentionHeads: 16, intermediateSize: 4096 };
const large: Vit = { hiddenSize: 1152, numLayers: 27, numAttentionHeads: 16, intermediateSize: 4304 };

/**
 * Qwen3.5 to 3.8, vision tower included. All but Qwen3.5-35B-A3B are counted as they are published, with the module
 * that predicts a second token; transformers leaves it out, and fine-tuning does not run it.
 */
export const qwen35Models: readonly CatalogModel[] = [
  qwen35('Qwen/Qwen3.5-0.8B', 873_438_784, 'hub', [1024, 24, 8, 2, 256, 3584, 248320], {
    towers: [tower(1024, small)],
    linearAttention: deltaNet(16),
    layers: everyFourth(24),
    otherParameters: secondToken(1024, 8, 2, 3 * 1024 * 3584),
    tieWordEmbeddings: true,
  }),
  qwen35(
    ['Qwen/Qwen3.5-27B', 'Qwen/Qwen3.6-27B', 'Qwen/Qwen3.8-27B'],
    27_781_427_952,
    'hub',
    [5120, 64, 24, 4, 256, 17408, 248320],
    {
      towers: [tower(5120, large)],
      linearAttention: deltaNet(48),
      layers: everyFourth(64),
      otherParameters: secondToken(5120, 24, 4, 3 * 5120 * 17408),
    },
  ),
  qwen35('Qwen/Qwen3.5-2B', 2_274_069_824, 'hub', [2048, 24, 8, 2, 256, 6144, 248320], {
    towers: [tower(2048, medium)],
    linearAttention: deltaNet(16),
    layers: everyFourth(24),
    otherParameters: secondToken(2048, 8, 2, 3 * 2048 * 6144),
    tieWordEmbeddings: true,
  }),
  qwen35Moe(
    ['Qwen/Qwen3.5-35B-A3B', 'Qwen/Qwen3.5-35B-A3B-Base'],
    35_107_181_936,
    'recalled',
    [2048, 40, 16, 2, 256, 512, 248320],
    {
      towers: [tower(2048, large)],
      linearAttention: deltaNet(32),
      moe: experts(256, 8, 512, 40, { count: 1, width: 512 }),
      layers: everyFourth(40, 'experts'),
    },
  ),
  qwen35('Qwen/Qwen3.5-4B', 4_659_865_088, 'hub', [2560, 32, 16, 4, 256, 9216, 248320], {
    towers: [tower(2560, medium)],
    linearAttention: deltaNet(32),
    layers: everyFourth(32),
    otherParameters: secondToken(2560, 16, 4, 3 * 2560 * 9216),
    tieWordEmbeddings: true,
  }),
  qwen35('Qwen/Qwen3.5-9B', 9_653_104_368, 'hub', [4096, 32, 16, 4, 256, 12288, 248320], {
    towers: [tower(4096, large)],
    linearAttention: deltaNet(32),
    layers: everyFourth(32),
    otherParameters: secondToken(4096, 16, 4, 3 * 4096 * 12288),
  }),
  qwen35Moe('Qwen/Qwen3.6-35B-A3B', 35_951_822_704, 'hub', [2048, 40, 16, 2, 256, 512, 248320], {
    towers: [tower(2048, large)],
    linearAttention: deltaNet(32),
    moe: experts(256, 8, 512, 40, { count: 1, width: 512 }),
    layers: everyFourth(40, 'experts'),
    otherParameters: secondToken(2048, 16, 2, 257 * (3 * 2048 * 512) + 257 * 2048),
  }),
];

/** Gated DeltaNet with 16 key heads. */
function deltaNet(numValueHeads: number): LinearAttentionShape {
  return { kind: 'gated_delta', numKeyHeads: 16, keyHeadDim: 128, numValueHeads, valueHeadDim: 128, convKernel: 4 };
}

/** Attention in every fourth layer. */
function everyFourth(numLayers: number, mlp: 'dense' | 'experts' = 'dense'): LayerKind[] {
  return [
    { count: (numLayers * 3) / 4, mixers: ['linear_attention'], mlp },
    { count: numLayers / 4, mlp },
  ];
}

/** That of Qwen3-VL, whose inner layers are not merged into the decoder. */
function tower(outputs: number, sizes: Vit): Tower {
  const { hiddenSize: h } = sizes;
  return {
    ...sizes,
    name: 'vision',
    finalNorm: false,
    embeddingParameters: 3 * 2 * 16 ** 2 * h + h + 48 ** 2 * h,
    projectorParameters: 2 * h + 4 * h * (4 * h) + 4 * h + 4 * h * outputs + outputs,
  };
}

/** A layer with attention, a matrix that joins two hidden states, and three norms (arXiv 2412.19437 §2.2). */
function secondToken(hiddenSize: number, heads: number, keyValueHeads: number, mlp: number): number {
  const headDim = 256;
  const attention = hiddenSize * headDim * (3 * heads + 2 * keyValueHeads) + 2 * headDim;
  return attention + mlp + 2 * hiddenSize + 2 * hiddenSize ** 2 + 3 * hiddenSize;
}
