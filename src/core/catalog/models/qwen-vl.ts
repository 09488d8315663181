import type { Tower } from '../../run/tower.ts';
import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const qwen2Vl = modelFamily('qwen2_vl', { qkvBias: true });
const qwen25Vl = modelFamily('qwen2_5_vl', { qkvBias: true });
const qwen3Vl = modelFamily('qwen3_vl', { qkNorm: true });
const qwen3VlMoe = modelFamily('qwen3_vl_moe', { qkNorm: true });

const vit = { name: 'vision', hiddenSize: 1280, numLayers: 32, numAttentionHeads: 16, finalNorm: false } as const;
/** Patches of 14 by 14 in two frames. */
const patches = { embeddingParameters: 3 * 2 * 14 ** 2 * 1280 };

interface Vit {
  readonly hiddenSize: number;
  readonly numLayers: number;
  readonly intermediateSize: number;
}

const small: Vit = { hiddenSize: 1024, numLayers: 24, intermediateSize: 4096 };
const large: Vit = { hiddenSize: 1152, numLayers: 27, intermediateSize: 4304 };

/** Qwen2-VL, 2.5-VL and 3-VL: the language model with its vision tower. */
export const qwenVlModels: readonly CatalogModel[] = [
  qwen2Vl(
    ['allenai/olmOCR-7B-0225-preview', 'Qwen/Qwen2-VL-7B', 'Qwen/Qwen2-VL-7B-Instruct'],
    8_291_375_616,
    'recalled',
    [3584, 28, 28, 4, 128, 18944, 152064],
    {
      towers: [tower2(3584)],
    },
  ),
  qwen25Vl(
    ['ByteDance-Seed/UI-TARS-1.5-7B', 'Qwen/Qwen2.5-VL-7B-Instruct'],
    8_292_166_656,
    'recalled',
    [3584, 28, 28, 4, 128, 18944, 152064],
    {
      towers: [tower25(3584, 3420)],
    },
  ),
  qwen2Vl(
    ['Qwen/QVQ-72B-Preview', 'Qwen/Qwen2-VL-72B-Instruct'],
    73_405_560_320,
    'recalled',
    [8192, 80, 64, 8, 128, 29568, 152064],
    {
      towers: [tower2(8192)],
    },
  ),
  qwen2Vl('Qwen/Qwen2-VL-2B-Instruct', 2_208_985_600, 'recalled', [1536, 28, 12, 2, 128, 8960, 151936], {
    towers: [tower2(1536)],
    tieWordEmbeddings: true,
  }),
  qwen25Vl('Qwen/Qwen2.5-VL-32B-Instruct', 33_452_718_336, 'recalled', [5120, 64, 40, 8, 128, 27648, 152064], {
    towers: [tower25(5120, 3456)],
  }),
  qwen25Vl('Qwen/Qwen2.5-VL-3B-Instruct', 3_754_622_976, 'recalled', [2048, 36, 16, 2, 128, 11008, 151936], {
    towers: [tower25(2048, 3420)],
    tieWordEmbeddings: true,
  }),
  qwen25Vl('Qwen/Qwen2.5-VL-72B-Instruct', 73_410_777_344, 'recalled', [8192, 80, 64, 8, 128, 29568, 152064], {
    towers: [tower25(8192, 3456)],
  }),
  qwen3VlMoe(
    ['Qwen/Qwen3-VL-235B-A22B-Instruct', 'Qwen/Qwen3-VL-235B-A22B-Thinking'],
    235_670_022_896,
    'recalled',
    [4096, 94, 64, 4, 128, 12288, 151936],
    {
      towers: [tower3(4096, large)],
      moe: experts(128, 8, 1536, 94),
    },
  ),
  qwen3Vl(
    ['Qwen/Qwen3-VL-2B-Instruct', 'Qwen/Qwen3-VL-2B-Thinking'],
    2_127_532_032,
    'recalled',
    [2048, 28, 16, 8, 128, 6144, 151936],
    {
      towers: [tower3(2048, small)],
      tieWordEmbeddings: true,
    },
  ),
  qwen3VlMoe(
    ['Qwen/Qwen3-VL-30B-A3B-Instruct', 'Qwen/Qwen3-VL-30B-A3B-Thinking'],
    31_070_754_032,
    'recalled',
    [2048, 48, 32, 4, 128, 6144, 151936],
    {
      towers: [tower3(2048, large)],
      moe: experts(128, 8, 768, 48),
    },
  ),
  qwen3Vl(
    ['Qwen/Qwen3-VL-32B-Instruct', 'Qwen/Qwen3-VL-32B-Thinking'],
    33_357_390_064,
    'recalled',
    [5120, 64, 64, 8, 128, 25600, 151936],
    {
      towers: [tower3(5120, large)],
    },
  ),
  qwen3Vl(
    ['Qwen/Qwen3-VL-4B-Instruct', 'Qwen/Qwen3-VL-4B-Thinking'],
    4_437_815_808,
    'recalled',
    [2560, 36, 32, 8, 128, 9728, 151936],
    {
      towers: [tower3(2560, small)],
      tieWordEmbeddings: true,
    },
  ),
  qwen3Vl(
    ['Qwen/Qwen3-VL-8B-Instruct', 'Qwen/Qwen3-VL-8B-Thinking'],
    8_767_123_696,
    'recalled',
    [4096, 36, 32, 8, 128, 12288, 151936],
    {
      towers: [tower3(4096, large)],
    },
  ),
];

/** LayerNorm and a plain MLP; four positions merged to one (arXiv 2409.12191 §2.1). */
function tower2(outputs: number): Tower {
  const projectorParameters = 2 * 1280 + merger(4 * 1280, outputs);
  return { ...vit, ...patches, intermediateSize: 5120, projectorParameters };
}

/** RMSNorm and a gated MLP (arXiv 2502.13923 §2.1.1). */
function tower25(outputs: number, intermediateSize: number): Tower {
  const projectorParameters = 1280 + merger(4 * 1280, outputs);
  return { ...vit, ...patches, intermediateSize, gatedMlp: true, norm: 'rmsnorm', projectorParameters };
}

/** SigLIP 2 with 48 × 48 learned positions, and mergers of three inner layers besides the last. */
function tower3(outputs: number, sizes: Vit): Tower {
  const { hiddenSize: h } = sizes;
  return {
    ...sizes,
    name: 'vision',
    numAttentionHeads: 16,
    finalNorm: false,
    embeddingParameters: 3 * 2 * 16 ** 2 * h + h + 48 ** 2 * h,
    projectorParameters: 2 * h + merger(4 * h, outputs) + 3 * (8 * h + merger(4 * h, outputs)),
  };
}

function merger(width: number, outputs: number): number {
  return width * width + width + width * outputs + outputs;
}
