import { experts, gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const phi = modelFamily('phi', { ...gpt, normsPerLayer: 1, peculiarities: ['head-bias', 'composite-gelu'] });
const phimoe = modelFamily('phimoe', {
  ...{ norm: 'layernorm', qkvBias: true, attentionOutputBias: true },
  peculiarities: ['head-bias'],
});
const phi3 = modelFamily('phi3', { peculiarities: ['fused-projections'] });

/** Phi: the first two have one norm and a biased head; Phi-3 and Phi-4 are of Llama architecture; the mixture has biases. */
export const phiModels: readonly CatalogModel[] = [
  phi('microsoft/phi-1', 1_418_270_720, 'recalled', [2048, 24, 32, 32, 64, 8192, 51200]),
  phi('microsoft/phi-1_5', 1_418_270_720, 'litgpt', [2048, 24, 32, 32, 64, 8192, 51200]),
  phi('microsoft/phi-2', 2_779_683_840, 'litgpt', [2560, 32, 32, 32, 80, 10240, 51200]),
  phi3('microsoft/Phi-3-medium-128k-instruct', 13_960_238_080, 'recalled', [5120, 40, 40, 10, 128, 17920, 32064]),
  phi3('microsoft/Phi-3-medium-4k-instruct', 13_960_238_080, 'recalled', [5120, 40, 40, 10, 128, 17920, 32064]),
  phi3('microsoft/Phi-3-mini-128k-instruct', 3_821_079_552, 'recalled', [3072, 32, 32, 32, 96, 8192, 32064]),
  phi3('microsoft/Phi-3-mini-4k-instruct', 3_821_079_552, 'litgpt', [3072, 32, 32, 32, 96, 8192, 32064]),
  phi3('microsoft/Phi-3.5-mini-instruct', 3_821_079_552, 'recalled', [3072, 32, 32, 32, 96, 8192, 32064]),
  phimoe('microsoft/Phi-3.5-MoE-instruct', 41_873_153_344, 'recalled', [4096, 32, 32, 8, 128, 6400, 32064], {
    moe: experts(16, 2, 6400, 32),
  }),
  phi3('microsoft/phi-4', 14_659_507_200, 'litgpt', [5120, 40, 40, 10, 128, 17920, 100352]),
  phi3('microsoft/Phi-4-mini-instruct', 3_836_021_760, 'litgpt', [3072, 32, 24, 8, 128, 8192, 200064], {
    tieWordEmbeddings: true,
  }),
  phi3('microsoft/Phi-4-mini-reasoning', 3_836_021_760, 'recalled', [3072, 32, 24, 8, 128, 8192, 200064], {
    tieWordEmbeddings: true,
  }),
  phi3('microsoft/Phi-4-reasoning', 14_659_507_200, 'litgpt', [5120, 40, 40, 10, 128, 17920, 100352]),
  phi3('microsoft/Phi-4-reasoning-plus', 14_659_507_200, 'litgpt', [5120, 40, 40, 10, 128, 17920, 100352]),
];
