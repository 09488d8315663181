import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const hunyuanMoe = modelFamily('hunyuan_v1_moe', { tieWordEmbeddings: true, qkNorm: true });

/** Hunyuan A13B. */
export const hunyuanModels: readonly CatalogModel[] = [
  hunyuanMoe(
    ['tencent/Hunyuan-A13B-Instruct', 'tencent/Hunyuan-A13B-Pretrain'],
    80_393_183_232,
    'recalled',
    [4096, 32, 32, 8, 128, 3072, 128167],
    {
      moe: experts(64, 8, 3072, 32, { count: 1, width: 3072 }),
    },
  ),
];
