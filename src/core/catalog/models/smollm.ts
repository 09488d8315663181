import { modelFamily, type CatalogModel } from '../model-family.ts';

const smollm = modelFamily('llama', { tieWordEmbeddings: true });
const smollm3 = modelFamily('smollm3', { tieWordEmbeddings: true });

/** SmolLM2 and SmolLM3: Llama architecture, tied. */
export const smollmModels: readonly CatalogModel[] = [
  smollm('HuggingFaceTB/SmolLM-1.7B', 1_711_376_384, 'recalled', [2048, 24, 32, 32, 64, 8192, 49152]),
  smollm('HuggingFaceTB/SmolLM-135M', 134_515_008, 'recalled', [576, 30, 9, 3, 64, 1536, 49152]),
  smollm('HuggingFaceTB/SmolLM-360M', 361_821_120, 'recalled', [960, 32, 15, 5, 64, 2560, 49152]),
  smollm('HuggingFaceTB/SmolLM2-1.7B', 1_711_376_384, 'litgpt', [2048, 24, 32, 32, 64, 8192, 49152]),
  smollm('HuggingFaceTB/SmolLM2-1.7B-Instruct', 1_711_376_384, 'litgpt', [2048, 24, 32, 32, 64, 8192, 49152]),
  smollm('HuggingFaceTB/SmolLM2-135M', 134_515_008, 'recalled', [576, 30, 9, 3, 64, 1536, 49152]),
  smollm('HuggingFaceTB/SmolLM2-135M-Instruct', 134_515_008, 'litgpt', [576, 30, 9, 3, 64, 1536, 49152]),
  smollm('HuggingFaceTB/SmolLM2-360M', 361_821_120, 'litgpt', [960, 32, 15, 5, 64, 2560, 49152]),
  smollm('HuggingFaceTB/SmolLM2-360M-Instruct', 361_821_120, 'recalled', [960, 32, 15, 5, 64, 2560, 49152]),
  smollm3('HuggingFaceTB/SmolLM3-3B', 3_075_098_624, 'default', [2048, 36, 16, 4, 128, 11008, 128256]),
  smollm3('HuggingFaceTB/SmolLM3-3B-checkpoints', 3_075_098_624, 'recalled', [2048, 36, 16, 4, 128, 11008, 128256]),
];
