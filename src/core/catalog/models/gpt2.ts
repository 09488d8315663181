import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const gpt2 = modelFamily('gpt2', {
  ...gpt,
  tieWordEmbeddings: true,
  learnedPositions: 1024,
  peculiarities: ['composite-gelu'],
});
const gpt1 = modelFamily('openai-gpt', {
  ...{ ...gpt, tieWordEmbeddings: true, learnedPositions: 512 },
  peculiarities: ['no-final-norm'],
});
const cerebras = modelFamily('gpt2', { ...gpt, tieWordEmbeddings: true, learnedPositions: 2048 });

/** GPT, which norms behind each block, GPT-2, DialoGPT and Cerebras-GPT. */
export const gpt2Models: readonly CatalogModel[] = [
  cerebras('cerebras/Cerebras-GPT-1.3B', 1_315_723_264, 'recalled', [2048, 24, 16, 16, 128, 8192, 50257]),
  cerebras('cerebras/Cerebras-GPT-111M', 111_050_496, 'recalled', [768, 10, 12, 12, 64, 3072, 50257]),
  cerebras('cerebras/Cerebras-GPT-13B', 12_853_386_240, 'recalled', [5120, 40, 40, 40, 128, 20480, 50257]),
  cerebras('cerebras/Cerebras-GPT-2.7B', 2_651_553_280, 'recalled', [2560, 32, 32, 32, 80, 10240, 50257]),
  cerebras('cerebras/Cerebras-GPT-256M', 255_977_024, 'recalled', [1088, 14, 17, 17, 64, 4352, 50257]),
  cerebras('cerebras/Cerebras-GPT-590M', 590_310_912, 'recalled', [1536, 18, 12, 12, 128, 6144, 50257]),
  cerebras('cerebras/Cerebras-GPT-6.7B', 6_658_404_352, 'recalled', [4096, 32, 32, 32, 128, 16384, 50257]),
  gpt2('distilbert/distilgpt2', 81_912_576, 'recalled', [768, 6, 12, 12, 64, 3072, 50257]),
  gpt2('distilgpt2', 81_912_576, 'recalled', [768, 6, 12, 12, 64, 3072, 50257]),
  gpt2('gpt2', 124_439_808, 'recalled', [768, 12, 12, 12, 64, 3072, 50257]),
  gpt2('gpt2-large', 774_030_080, 'recalled', [1280, 36, 20, 20, 64, 5120, 50257]),
  gpt2('gpt2-medium', 354_823_168, 'recalled', [1024, 24, 16, 16, 64, 4096, 50257]),
  gpt2('gpt2-xl', 1_557_611_200, 'recalled', [1600, 48, 25, 25, 64, 6400, 50257]),
  gpt2('microsoft/DialoGPT-large', 774_030_080, 'recalled', [1280, 36, 20, 20, 64, 5120, 50257]),
  gpt2('microsoft/DialoGPT-medium', 354_823_168, 'recalled', [1024, 24, 16, 16, 64, 4096, 50257]),
  gpt2('microsoft/DialoGPT-small', 124_439_808, 'recalled', [768, 12, 12, 12, 64, 3072, 50257]),
  gpt2('openai-community/gpt2', 124_439_808, 'default', [768, 12, 12, 12, 64, 3072, 50257]),
  gpt2('openai-community/gpt2-large', 774_030_080, 'recalled', [1280, 36, 20, 20, 64, 5120, 50257]),
  gpt2('openai-community/gpt2-medium', 354_823_168, 'recalled', [1024, 24, 16, 16, 64, 4096, 50257]),
  gpt2('openai-community/gpt2-xl', 1_557_611_200, 'recalled', [1600, 48, 25, 25, 64, 6400, 50257]),
  gpt1('openai-community/openai-gpt', 116_534_784, 'default', [768, 12, 12, 12, 64, 3072, 40478]),
  gpt2('sshleifer/tiny-gpt2', 102_714, 'recalled', [2, 2, 2, 2, 1, 8, 50257]),
];
