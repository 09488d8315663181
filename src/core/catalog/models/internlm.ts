import { modelFamily, type CatalogModel } from '../model-family.ts';

const internlm = modelFamily('llama', {});

/** InternLM: Llama architecture; the first 7B has biases on its projections. */
export const internlmModels: readonly CatalogModel[] = [
  internlm('internlm/internlm-20b', 20_088_714_240, 'recalled', [5120, 60, 40, 40, 128, 13824, 103168]),
  internlm(
    ['internlm/internlm-7b', 'internlm/internlm-chat-7b'],
    7_321_948_160,
    'recalled',
    [4096, 32, 32, 32, 128, 11008, 103168],
    {
      qkvBias: true,
      attentionOutputBias: true,
    },
  ),
  internlm('internlm/internlm-chat-20b', 20_088_714_240, 'recalled', [5120, 60, 40, 40, 128, 13824, 103168]),
  internlm('internlm/internlm2-1_8b', 1_889_110_016, 'recalled', [2048, 24, 16, 8, 128, 8192, 92544]),
  internlm('internlm/internlm2-20b', 19_861_149_696, 'recalled', [6144, 48, 48, 8, 128, 16384, 92544]),
  internlm('internlm/internlm2-7b', 7_737_708_544, 'recalled', [4096, 32, 32, 8, 128, 14336, 92544]),
  internlm('internlm/internlm2-chat-1_8b', 1_889_110_016, 'recalled', [2048, 24, 16, 8, 128, 8192, 92544]),
  internlm('internlm/internlm2-chat-1_8b-sft', 1_889_110_016, 'recalled', [2048, 24, 16, 8, 128, 8192, 92544]),
  internlm('internlm/internlm2-chat-20b', 19_861_149_696, 'recalled', [6144, 48, 48, 8, 128, 16384, 92544]),
  internlm('internlm/internlm2-chat-7b', 7_737_708_544, 'recalled', [4096, 32, 32, 8, 128, 14336, 92544]),
  internlm('internlm/internlm2-math-20b', 19_861_149_696, 'recalled', [6144, 48, 48, 8, 128, 16384, 92544]),
  internlm('internlm/internlm2-math-7b', 7_737_708_544, 'recalled', [4096, 32, 32, 8, 128, 14336, 92544]),
  internlm('internlm/internlm2_5-1_8b', 1_889_110_016, 'recalled', [2048, 24, 16, 8, 128, 8192, 92544]),
  internlm('internlm/internlm2_5-1_8b-chat', 1_889_110_016, 'recalled', [2048, 24, 16, 8, 128, 8192, 92544]),
  internlm('internlm/internlm2_5-20b', 19_861_149_696, 'recalled', [6144, 48, 48, 8, 128, 16384, 92544]),
  internlm('internlm/internlm2_5-20b-chat', 19_861_149_696, 'recalled', [6144, 48, 48, 8, 128, 16384, 92544]),
  internlm('internlm/internlm2_5-7b', 7_737_708_544, 'recalled', [4096, 32, 32, 8, 128, 14336, 92544]),
  internlm('internlm/internlm2_5-7b-chat', 7_737_708_544, 'recalled', [4096, 32, 32, 8, 128, 14336, 92544]),
  internlm('internlm/internlm3-8b-instruct', 8_804_241_408, 'recalled', [4096, 48, 32, 2, 128, 10240, 128512]),
];
