import { bert, mpnet, roberta, typesAndPooler } from '../bert-family.ts';
import { modelFamily, type CatalogModel } from '../model-family.ts';

const mistral = modelFamily('mistral', { tieWordEmbeddings: true });

/** Models whose output stands for a sentence; those of Mistral have no head. */
export const sentenceEmbeddingModels: readonly CatalogModel[] = [
  bert('BAAI/bge-base-en-v1.5', 109_482_240, 'recalled', [768, 12, 12, 12, 64, 3072, 30522], typesAndPooler(768, 2)),
  bert(
    ['BAAI/bge-large-en-v1.5', 'intfloat/e5-large-v2', 'mixedbread-ai/mxbai-embed-large-v1', 'thenlper/gte-large'],
    335_141_888,
    'recalled',
    [1024, 24, 16, 16, 64, 4096, 30522],
    typesAndPooler(1024, 2),
  ),
  roberta('BAAI/bge-m3', 567_754_752, 'recalled', [1024, 24, 16, 16, 64, 4096, 250002], {
    ...typesAndPooler(1024, 1),
    learnedPositions: 8194,
  }),
  bert(
    [
      'BAAI/bge-small-en-v1.5',
      'intfloat/e5-small-v2',
      'microsoft/MiniLM-L12-H384-uncased',
      'sentence-transformers/all-MiniLM-L12-v2',
      'thenlper/gte-small',
    ],
    33_360_000,
    'recalled',
    [384, 12, 12, 12, 32, 1536, 30522],
    typesAndPooler(384, 2),
  ),
  bert('intfloat/e5-base-v2', 109_482_240, 'recalled', [768, 12, 12, 12, 64, 3072, 30522], typesAndPooler(768, 2)),
  mistral('intfloat/e5-mistral-7b-instruct', 7_110_660_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  roberta(
    'intfloat/multilingual-e5-base',
    278_043_648,
    'recalled',
    [768, 12, 12, 12, 64, 3072, 250002],
    typesAndPooler(768, 1),
  ),
  roberta(
    'intfloat/multilingual-e5-large',
    559_890_432,
    'recalled',
    [1024, 24, 16, 16, 64, 4096, 250002],
    typesAndPooler(1024, 1),
  ),
  mistral('Salesforce/SFR-Embedding-Mistral', 7_110_660_096, 'recalled', [4096, 32, 32, 8, 128, 14336, 32000]),
  bert(
    'sentence-transformers/all-MiniLM-L6-v2',
    22_713_216,
    'recalled',
    [384, 6, 12, 12, 32, 1536, 30522],
    typesAndPooler(384, 2),
  ),
  mpnet('sentence-transformers/all-mpnet-base-v2', 109_486_464, 'recalled', [768, 12, 12, 12, 64, 3072, 30527], {
    otherParameters: 32 * 12 + 768 ** 2 + 768,
  }),
  bert('thenlper/gte-base', 109_482_240, 'recalled', [768, 12, 12, 12, 64, 3072, 30522], typesAndPooler(768, 2)),
];
