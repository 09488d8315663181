import type { Tower } from '../../run/tower.ts';
import { experts, modelFamily, type CatalogModel } from '../model-family.ts';
import { siglip400m, siglipTower } from '../siglip.ts';

const llava = modelFamily('llava', {});
const llavaNext = modelFamily('llava_next', {});
const llavaOnevision = modelFamily('llava_onevision', { qkvBias: true });
const mllama = modelFamily('mllama', {});
const llama4 = modelFamily('llama4', {});
const mistral3 = modelFamily('mistral3', {});
const gemma3 = modelFamily('gemma3', { tieWordEmbeddings: true, normsPerLayer: 4, qkNorm: true });

/** 336 pixels, shuffled into a quarter of the tokens, and an adapter (Llama4VisionModel of transformers). */
const shuffled: Tower = {
  name: 'vision',
  ...{ hiddenSize: 1408, numLayers: 34, numAttentionHeads: 16, intermediateSize: 5632, tokens: 577 },
  embeddingParameters: 3 * 14 ** 2 * 1408 + 1408 + 577 * 1408 + 2 * 1408 + 5632 * 4096 + 4096 * 4096,
  projectorParameters: 4096 * 5120,
};

/** Language models with a vision tower of CLIP, SigLIP, Pixtral or Meta. */
export const visionLanguageModels: readonly CatalogModel[] = [
  gemma3(
    ['google/gemma-3-12b-it', 'google/gemma-3-12b-pt'],
    12_187_325_040,
    'recalled',
    [3840, 48, 16, 8, 256, 15360, 262208],
    {
      towers: [siglip(3840)],
      layers: [{ count: 40, attendsTo: 1024 }, { count: 8 }],
    },
  ),
  gemma3(
    ['google/gemma-3-27b-it', 'google/gemma-3-27b-pt', 'google/medgemma-27b-it'],
    27_432_406_640,
    'recalled',
    [5376, 62, 32, 16, 128, 21504, 262208],
    {
      towers: [siglip(5376)],
      layers: [{ count: 52, attendsTo: 1024 }, { count: 10 }],
    },
  ),
  gemma3(
    ['google/gemma-3-4b-it', 'google/gemma-3-4b-pt', 'google/medgemma-4b-it', 'google/medgemma-4b-pt'],
    4_300_079_472,
    'recalled',
    [2560, 34, 8, 4, 256, 10240, 262208],
    {
      towers: [siglip(2560)],
      layers: [{ count: 29, attendsTo: 1024 }, { count: 5 }],
    },
  ),
  llava(
    ['liuhaotian/llava-v1.5-13b', 'llava-hf/llava-1.5-13b-hf'],
    13_351_494_656,
    'recalled',
    [5120, 40, 40, 40, 128, 13824, 32064],
    {
      towers: [clip(5120)],
    },
  ),
  llava(
    ['liuhaotian/llava-v1.5-7b', 'llava-hf/llava-1.5-7b-hf'],
    7_063_427_072,
    'recalled',
    [4096, 32, 32, 32, 128, 11008, 32064],
    {
      towers: [clip(4096)],
    },
  ),
  llavaNext('llava-hf/llava-v1.6-mistral-7b-hf', 7_566_747_648, 'recalled', [4096, 32, 32, 8, 128, 14336, 32064], {
    towers: [clip(4096)],
    otherParameters: 4096,
  }),
  llavaNext('llava-hf/llava-v1.6-vicuna-13b-hf', 13_351_499_776, 'recalled', [5120, 40, 40, 40, 128, 13824, 32064], {
    towers: [clip(5120)],
    otherParameters: 5120,
  }),
  llavaNext('llava-hf/llava-v1.6-vicuna-7b-hf', 7_063_431_168, 'recalled', [4096, 32, 32, 32, 128, 11008, 32064], {
    towers: [clip(4096)],
    otherParameters: 4096,
  }),
  // Every fifth layer reads the image instead of the text; eight rows of the embedding have no logit.
  mllama(
    ['meta-llama/Llama-3.2-11B-Vision', 'meta-llama/Llama-3.2-11B-Vision-Instruct'],
    10_670_220_835,
    'recalled',
    [4096, 40, 32, 8, 128, 14336, 128256],
    {
      towers: [tiled(4096)],
      layers: [{ count: 32 }, { count: 8, mixers: ['cross_attention'] }],
      crossAttention: { sourceSize: 4096, isGated: true },
      otherParameters: 8 * 4096,
    },
  ),
  llavaOnevision(
    'llava-hf/llava-onevision-qwen2-7b-ov-hf',
    8_030_348_832,
    'recalled',
    [3584, 28, 28, 4, 128, 18944, 152064],
    { towers: [siglipCut(3584)], otherParameters: 3584 },
  ),
  mllama(
    ['meta-llama/Llama-3.2-90B-Vision', 'meta-llama/Llama-3.2-90B-Vision-Instruct'],
    88_593_355_323,
    'recalled',
    [8192, 100, 64, 8, 128, 28672, 128256],
    {
      towers: [tiled(8192)],
      layers: [{ count: 80 }, { count: 20, mixers: ['cross_attention'] }],
      crossAttention: { sourceSize: 8192, isGated: true },
      otherParameters: 8 * 8192,
    },
  ),
  llama4('meta-llama/Llama-4-Maverick-17B-128E', 401_583_781_376, 'recalled', [5120, 48, 40, 8, 128, 16384, 202048], {
    towers: [shuffled],
    moe: experts(128, 1, 8192, 24, { count: 1, width: 8192 }),
  }),
  llama4('meta-llama/Llama-4-Scout-17B-16E', 108_641_793_536, 'recalled', [5120, 48, 40, 8, 128, 16384, 202048], {
    towers: [shuffled],
    moe: experts(16, 1, 8192, 48, { count: 1, width: 8192 }),
  }),
  llava(
    ['mistral-community/pixtral-12b', 'mistralai/Pixtral-12B-2409'],
    12_682_739_712,
    'recalled',
    [5120, 40, 32, 8, 128, 14336, 131072],
    {
      towers: [coarsePixtral(5120)],
    },
  ),
  mistral3(
    [
      'mistralai/Magistral-Small-2509',
      'mistralai/Mistral-Small-3.1-24B-Base-2503',
      'mistralai/Mistral-Small-3.1-24B-Instruct-2503',
      'mistralai/Mistral-Small-3.2-24B-Instruct-2506',
    ],
    24_011_361_280,
    'recalled',
    [5120, 40, 32, 8, 128, 32768, 131072],
    {
      towers: [pixtral(5120)],
    },
  ),
  mistral3(
    [
      'mistralai/Ministral-3-14B-Base-2512',
      'mistralai/Ministral-3-14B-Instruct-2512',
      'mistralai/Ministral-3-14B-Reasoning-2512',
    ],
    13_945_031_680,
    'recalled',
    [5120, 40, 32, 8, 128, 16384, 131072],
    {
      towers: [pixtral(5120)],
    },
  ),
  mistral3(
    [
      'mistralai/Ministral-3-3B-Base-2512',
      'mistralai/Ministral-3-3B-Instruct-2512',
      'mistralai/Ministral-3-3B-Reasoning-2512',
    ],
    3_849_090_048,
    'recalled',
    [3072, 26, 32, 8, 128, 9216, 131072],
    {
      towers: [pixtral(3072)],
      tieWordEmbeddings: true,
    },
  ),
  mistral3(
    [
      'mistralai/Ministral-3-8B-Base-2512',
      'mistralai/Ministral-3-8B-Instruct-2512',
      'mistralai/Ministral-3-8B-Reasoning-2512',
    ],
    8_918_026_240,
    'recalled',
    [4096, 34, 32, 8, 128, 14336, 131072],
    {
      towers: [pixtral(4096)],
    },
  ),
];

/** CLIP-L/14 at 336 pixels and two matrices (arXiv 2310.03744 §3.2). */
function clip(hiddenSize: number): Tower {
  return {
    name: 'vision',
    ...{ hiddenSize: 1024, numLayers: 24, numAttentionHeads: 16, intermediateSize: 4096, tokens: 577 },
    embeddingParameters: 3 * 14 ** 2 * 1024 + 1024 + 577 * 1024 + 2 * 1024,
    projectorParameters: 1024 * hiddenSize + hiddenSize + hiddenSize ** 2 + hiddenSize,
  };
}

/** SigLIP-400M without its last layer, and two matrices (arXiv 2408.03326 §3.1). */
function siglipCut(hiddenSize: number): Tower {
  const projector = 1152 * hiddenSize + hiddenSize + hiddenSize ** 2 + hiddenSize;
  return siglipTower({ ...siglip400m(384), numLayers: 26 }, projector);
}

/** SigLIP-400M at 896 pixels, pooled to 256 tokens (arXiv 2503.19786 §2). */
function siglip(hiddenSize: number): Tower {
  return {
    name: 'vision',
    ...{ hiddenSize: 1152, numLayers: 27, numAttentionHeads: 16, intermediateSize: 4304, tokens: 4096 },
    embeddingParameters: 3 * 14 ** 2 * 1152 + 1152 + 4096 * 1152,
    projectorParameters: 1152 * hiddenSize + 1152,
  };
}

/** Patches of 14 by 14 of up to 1540 pixels, four of them merged to one token. */
function pixtral(hiddenSize: number): Tower {
  return {
    name: 'vision',
    ...{ hiddenSize: 1024, numLayers: 24, numAttentionHeads: 16, intermediateSize: 4096, tokens: 110 ** 2 },
    ...{ attentionBias: false, mlpBias: false, gatedMlp: true, norm: 'rmsnorm', finalNorm: false },
    embeddingParameters: 3 * 14 ** 2 * 1024 + 1024,
    projectorParameters: 1024 + 4 * 1024 ** 2 + 1024 * hiddenSize + hiddenSize ** 2,
  };
}

/** The same of up to 1024 pixels with larger patches, none merged (arXiv 2410.07073 §2). */
function coarsePixtral(hiddenSize: number): Tower {
  return {
    ...pixtral(hiddenSize),
    tokens: 64 ** 2,
    embeddingParameters: 3 * 16 ** 2 * 1024 + 1024,
    projectorParameters: 1024 * hiddenSize + hiddenSize + hiddenSize ** 2 + hiddenSize,
  };
}

/** Up to four tiles of 560 pixels, 32 local and 8 global layers, six layers' features side by side (arXiv 2407.21783 §7.1). */
function tiled(hiddenSize: number): Tower {
  const [h, positions, ratios, tiles] = [1280, 1601, 9, 4];
  return {
    name: 'vision',
    ...{ hiddenSize: h, numLayers: 40, numAttentionHeads: 16, intermediateSize: 5120, attentionBias: false },
    tokens: tiles * positions,
    embeddingParameters:
      3 * 14 ** 2 * h +
      h +
      (1 + positions * h + ratios * tiles * positions * h) +
      2 * (1 + ratios * tiles * h) +
      2 * h +
      16,
    projectorParameters: 6 * h * hiddenSize + hiddenSize,
  };
}
