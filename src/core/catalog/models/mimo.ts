import { modelFamily, type CatalogModel } from '../model-family.ts';

/** Predicts it: a layer like the others, a matrix that joins two hidden states, three norms (arXiv 2505.07608 §2.2). */
const secondToken = 177_223_680 + 2 * 4096 ** 2 + 3 * 4096;
const mimo = modelFamily('mimo', { qkvBias: true, otherParameters: secondToken });

/** MiMo: Qwen2's architecture, counted with the module that predicts a second token; fine-tuning does not run it. */
export const mimoModels: readonly CatalogModel[] = [
  mimo('XiaomiMiMo/MiMo-7B-Base', 7_833_409_536, 'hub', [4096, 36, 32, 8, 128, 11008, 151680]),
  mimo('XiaomiMiMo/MiMo-7B-RL', 7_833_409_536, 'hub', [4096, 36, 32, 8, 128, 11008, 151680]),
  mimo('XiaomiMiMo/MiMo-7B-SFT', 7_833_409_536, 'hub', [4096, 36, 32, 8, 128, 11008, 151680]),
];
