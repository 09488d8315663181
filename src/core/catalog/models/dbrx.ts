import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const dbrx = modelFamily('dbrx', { norm: 'layernorm', peculiarities: ['bias-free-norm', 'fused-projections'] });

/** DBRX. */
export const dbrxModels: readonly CatalogModel[] = [
  dbrx('databricks/dbrx-base', 131_596_523_520, 'recalled', [6144, 40, 48, 8, 128, 10752, 100352], {
    moe: experts(16, 4, 10752, 40),
  }),
];
