import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const dots1 = modelFamily('dots1', { qkNorm: true, peculiarities: ['router-bias'] });

/** dots.llm1. */
export const dotsModels: readonly CatalogModel[] = [
  dots1(
    ['rednote-hilab/dots.llm1.base', 'rednote-hilab/dots.llm1.inst'],
    142_774_381_696,
    'recalled',
    [4096, 62, 32, 32, 128, 10944, 152064],
    {
      moe: experts(128, 6, 1408, 61, { count: 2, width: 1408 }),
    },
  ),
];
