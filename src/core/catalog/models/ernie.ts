import { experts, modelFamily, type CatalogModel } from '../model-family.ts';

const ernie = modelFamily('ernie4_5', { tieWordEmbeddings: true });

const ernieMoe = modelFamily('ernie4_5_moe', { tieWordEmbeddings: true, peculiarities: ['router-bias'] });

/** ERNIE 4.5: Llama architecture, tied. */
export const ernieModels: readonly CatalogModel[] = [
  ernie('baidu/ERNIE-4.5-0.3B-Base-PT', 360_748_032, 'recalled', [1024, 18, 16, 2, 128, 3072, 103424]),
  ernie('baidu/ERNIE-4.5-0.3B-PT', 360_748_032, 'default', [1024, 18, 16, 2, 128, 3072, 103424]),
  ernieMoe(
    ['baidu/ERNIE-4.5-21B-A3B-Base-PT', 'baidu/ERNIE-4.5-21B-A3B-PT', 'baidu/ERNIE-4.5-21B-A3B-Thinking'],
    21_825_437_888,
    'default',
    [2560, 28, 20, 4, 128, 12288, 103424],
    {
      moe: experts(64, 6, 1536, 27, { count: 2, width: 1536 }),
    },
  ),
];
