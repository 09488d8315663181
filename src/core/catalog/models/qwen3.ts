import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const qwen3 = modelFamily('qwen3', { qkNorm: true });
const qwen3Tied = modelFamily('qwen3', { qkNorm: true, tieWordEmbeddings: true });
const qwen3Moe = modelFamily('qwen3_moe', { qkNorm: true });

const qwen3Next = modelFamily('qwen3_next', {
  qkNorm: true,
  peculiarities: ['attention-gate', 'shared-expert-gate'],
});

/** Qwen3: norms on query and key; embedding models and rerankers as they are published, without a head. */
export const qwen3Models: readonly CatalogModel[] = [
  qwen3Tied('Qwen/Qwen3-0.6B', 596_049_920, 'litgpt', [1024, 28, 16, 8, 128, 3072, 151936]),
  qwen3Tied('Qwen/Qwen3-0.6B-Base', 596_049_920, 'litgpt', [1024, 28, 16, 8, 128, 3072, 151936]),
  qwen3Tied('Qwen/Qwen3-1.7B', 1_720_574_976, 'litgpt', [2048, 28, 16, 8, 128, 6144, 151936]),
  qwen3Tied('Qwen/Qwen3-1.7B-Base', 1_720_574_976, 'litgpt', [2048, 28, 16, 8, 128, 6144, 151936]),
  qwen3('Qwen/Qwen3-14B', 14_768_307_200, 'litgpt', [5120, 40, 40, 8, 128, 17408, 151936]),
  qwen3('Qwen/Qwen3-14B-Base', 14_768_307_200, 'litgpt', [5120, 40, 40, 8, 128, 17408, 151936]),
  qwen3Moe(
    ['Qwen/Qwen3-235B-A22B', 'Qwen/Qwen3-235B-A22B-Instruct-2507'],
    235_093_634_560,
    'litgpt',
    [4096, 94, 64, 4, 128, 12288, 151936],
    {
      moe: experts(128, 8, 1536, 94),
    },
  ),
  qwen3Moe('Qwen/Qwen3-235B-A22B-Thinking-2507', 235_093_634_560, 'recalled', [4096, 94, 64, 4, 128, 12288, 151936], {
    moe: experts(128, 8, 1536, 94),
  }),
  qwen3Moe(
    ['Qwen/Qwen3-30B-A3B', 'Qwen/Qwen3-30B-A3B-Base', 'Qwen/Qwen3-Coder-30B-A3B-Instruct'],
    30_532_122_624,
    'recalled',
    [2048, 48, 32, 4, 128, 6144, 151936],
    {
      moe: experts(128, 8, 768, 48),
    },
  ),
  qwen3Moe(
    ['Qwen/Qwen3-30B-A3B-Instruct-2507', 'Qwen/Qwen3-30B-A3B-Thinking-2507'],
    30_532_122_624,
    'litgpt',
    [2048, 48, 32, 4, 128, 6144, 151936],
    {
      moe: experts(128, 8, 768, 48),
    },
  ),
  qwen3('Qwen/Qwen3-32B', 32_762_123_264, 'recalled', [5120, 64, 64, 8, 128, 25600, 151936]),
  qwen3Tied('Qwen/Qwen3-4B', 4_022_468_096, 'litgpt', [2560, 36, 32, 8, 128, 9728, 151936]),
  qwen3Tied('Qwen/Qwen3-4B-Base', 4_022_468_096, 'litgpt', [2560, 36, 32, 8, 128, 9728, 151936]),
  qwen3Tied('Qwen/Qwen3-4B-Instruct-2507', 4_022_468_096, 'litgpt', [2560, 36, 32, 8, 128, 9728, 151936]),
  qwen3Tied('Qwen/Qwen3-4B-Thinking-2507', 4_022_468_096, 'litgpt', [2560, 36, 32, 8, 128, 9728, 151936]),
  qwen3('Qwen/Qwen3-8B', 8_190_735_360, 'recalled', [4096, 36, 32, 8, 128, 12288, 151936]),
  qwen3('Qwen/Qwen3-8B-Base', 8_190_735_360, 'recalled', [4096, 36, 32, 8, 128, 12288, 151936]),
  qwen3Moe('Qwen/Qwen3-Coder-480B-A35B-Instruct', 480_154_875_392, 'recalled', [6144, 62, 96, 8, 128, 8192, 151936], {
    moe: experts(160, 8, 2560, 62),
  }),
  qwen3Next(
    ['Qwen/Qwen3-Coder-Next', 'Qwen/Qwen3-Next-80B-A3B-Instruct', 'Qwen/Qwen3-Next-80B-A3B-Thinking'],
    79_674_391_296,
    'recalled',
    [2048, 48, 16, 2, 256, 5120, 151936],
    {
      moe: experts(512, 10, 512, 48, { count: 1, width: 512 }),
      linearAttention: {
        kind: 'gated_delta',
        ...{ numKeyHeads: 16, keyHeadDim: 128, numValueHeads: 32, valueHeadDim: 128, convKernel: 4 },
      },
      layers: [
        { count: 36, mixers: ['linear_attention'], mlp: 'experts' },
        { count: 12, mlp: 'experts' },
      ],
    },
  ),
  qwen3Tied('Qwen/Qwen3-Embedding-0.6B', 595_776_512, 'recalled', [1024, 28, 16, 8, 128, 3072, 151669]),
  qwen3Tied('Qwen/Qwen3-Embedding-4B', 4_021_774_336, 'recalled', [2560, 36, 32, 8, 128, 9728, 151665]),
  qwen3Tied('Qwen/Qwen3-Embedding-8B', 7_567_295_488, 'recalled', [4096, 36, 32, 8, 128, 12288, 151665]),
  qwen3Tied('Qwen/Qwen3-Reranker-0.6B', 595_776_512, 'recalled', [1024, 28, 16, 8, 128, 3072, 151669]),
  qwen3Tied('Qwen/Qwen3-Reranker-4B', 4_021_774_336, 'recalled', [2560, 36, 32, 8, 128, 9728, 151665]),
];
