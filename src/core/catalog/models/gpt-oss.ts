import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const gptOss = modelFamily('gpt_oss', {
  qkvBias: true,
  attentionOutputBias: true,
  mlpBias: true,
  peculiarities: ['attention-sinks', 'router-bias'],
});

/** gpt-oss: biases everywhere, one attention sink a head. */
export const gptOssModels: readonly CatalogModel[] = [
  gptOss(
    ['openai/gpt-oss-120b', 'openai/gpt-oss-safeguard-120b'],
    116_829_156_672,
    'recalled',
    [2880, 36, 64, 8, 64, 2880, 201088],
    {
      moe: experts(128, 4, 2880, 36),
    },
  ),
  gptOss(
    ['openai/gpt-oss-20b', 'openai/gpt-oss-safeguard-20b'],
    20_914_757_184,
    'recalled',
    [2880, 24, 64, 8, 64, 2880, 201088],
    {
      moe: experts(32, 4, 2880, 24),
    },
  ),
];
