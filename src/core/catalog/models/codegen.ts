import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const family = {
  ...gpt,
  ...{ qkvBias: false, attentionOutputBias: false, normsPerLayer: 1 },
  peculiarities: ['head-bias'],
} as const;
const codegen = modelFamily('codegen', family);
const gptj = modelFamily('gptj', family);

/** GPT-J, and CodeGen after it: attention and MLP side by side behind one norm, biases on MLP and head alone. */
export const codegenModels: readonly CatalogModel[] = [
  gptj('EleutherAI/gpt-j-6b', 6_050_882_784, 'default', [4096, 28, 16, 16, 256, 16384, 50400]),
  codegen('Salesforce/codegen-16B-mono', 16_032_155_648, 'recalled', [6144, 34, 24, 24, 256, 24576, 51200]),
  codegen('Salesforce/codegen-16B-multi', 16_032_155_648, 'recalled', [6144, 34, 24, 24, 256, 24576, 51200]),
  codegen('Salesforce/codegen-16B-nl', 16_032_155_648, 'recalled', [6144, 34, 24, 24, 256, 24576, 51200]),
  codegen('Salesforce/codegen-2B-mono', 2_779_356_160, 'recalled', [2560, 32, 32, 32, 80, 10240, 51200]),
  codegen('Salesforce/codegen-2B-multi', 2_779_356_160, 'recalled', [2560, 32, 32, 32, 80, 10240, 51200]),
  codegen('Salesforce/codegen-2B-nl', 2_779_356_160, 'recalled', [2560, 32, 32, 32, 80, 10240, 51200]),
  codegen('Salesforce/codegen-350M-mono', 356_712_448, 'recalled', [1024, 20, 16, 16, 64, 4096, 51200]),
  codegen('Salesforce/codegen-350M-multi', 356_712_448, 'recalled', [1024, 20, 16, 16, 64, 4096, 51200]),
  codegen('Salesforce/codegen-350M-nl', 356_712_448, 'recalled', [1024, 20, 16, 16, 64, 4096, 51200]),
  codegen('Salesforce/codegen-6B-mono', 7_064_213_504, 'recalled', [4096, 33, 16, 16, 256, 16384, 51200]),
  codegen('Salesforce/codegen-6B-multi', 7_064_213_504, 'recalled', [4096, 33, 16, 16, 256, 16384, 51200]),
  codegen('Salesforce/codegen-6B-nl', 7_064_213_504, 'recalled', [4096, 33, 16, 16, 256, 16384, 51200]),
];
