import { modelFamily, type CatalogModel } from '../model-family.ts';

const stablelm = modelFamily('stablelm', { norm: 'layernorm' });

/** StableLM 2, 3B and Stable Code. */
export const stablelmModels: readonly CatalogModel[] = [
  stablelm('stabilityai/stable-code-3b', 2_795_443_200, 'litgpt', [2560, 32, 32, 32, 80, 6912, 50304]),
  stablelm('stabilityai/stable-code-instruct-3b', 2_795_443_200, 'recalled', [2560, 32, 32, 32, 80, 6912, 50304]),
  stablelm(
    ['stabilityai/stablelm-2-1_6b', 'stabilityai/stablelm-2-zephyr-1_6b'],
    1_644_515_328,
    'recalled',
    [2048, 24, 32, 32, 64, 5632, 100352],
    {
      qkvBias: true,
    },
  ),
  stablelm('stabilityai/stablelm-3b-4e1t', 2_795_443_200, 'litgpt', [2560, 32, 32, 32, 80, 6912, 50304]),
  stablelm('stabilityai/stablelm-zephyr-3b', 2_795_443_200, 'litgpt', [2560, 32, 32, 32, 80, 6912, 50304]),
];
