import { modelFamily, type CatalogModel } from '../model-family.ts';

const mimo = modelFamily('mimo', { qkvBias: true, extraPredictions: 1 });

/** MiMo: Qwen2's architecture with a module that predicts a second token (arXiv 2505.07608 §2.2). */
export const mimoModels: readonly CatalogModel[] = [
  mimo('XiaomiMiMo/MiMo-7B-Base', 7_833_409_536, 'hub', [4096, 36, 32, 8, 128, 11008, 151680]),
  mimo('XiaomiMiMo/MiMo-7B-RL', 7_833_409_536, 'hub', [4096, 36, 32, 8, 128, 11008, 151680]),
  mimo('XiaomiMiMo/MiMo-7B-SFT', 7_833_409_536, 'hub', [4096, 36, 32, 8, 128, 11008, 151680]),
];
