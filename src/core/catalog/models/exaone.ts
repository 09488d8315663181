import { modelFamily, type CatalogModel } from '../model-family.ts';

const exaone = modelFamily('exaone4', { qkNorm: true });

/** EXAONE 4. */
export const exaoneModels: readonly CatalogModel[] = [
  exaone('LGAI-EXAONE/EXAONE-4.0-32B', 32_003_216_384, 'recalled', [5120, 64, 40, 8, 128, 27392, 102400]),
];
