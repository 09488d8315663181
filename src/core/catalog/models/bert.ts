import type { LayerKind } from '../../run/layer-kind.ts';
import { bert, deberta, distilbert, electra, mpnet, roberta, typesAndPooler } from '../bert-family.ts';
import { modelFamily, type CatalogModel } from '../model-family.ts';

const modernbert = modelFamily('modernbert', {
  norm: 'layernorm',
  tieWordEmbeddings: true,
  peculiarities: ['bias-free-norm', 'embedding-norm', 'bidirectional'],
});

/** BERT and its kin: the encoder with its pooler, without the head of a task. */
export const bertModels: readonly CatalogModel[] = [
  bert(
    'allenai/scibert_scivocab_uncased',
    109_918_464,
    'recalled',
    [768, 12, 12, 12, 64, 3072, 31090],
    typesAndPooler(768, 2),
  ),
  roberta(
    'almanach/camembert-base',
    110_621_952,
    'recalled',
    [768, 12, 12, 12, 64, 3072, 32005],
    typesAndPooler(768, 1),
  ),
  modernbert('answerdotai/ModernBERT-base', 149_014_272, 'recalled', [768, 22, 12, 12, 64, 1152, 50368], {
    layers: modernLayers(22),
  }),
  modernbert('answerdotai/ModernBERT-large', 394_781_696, 'recalled', [1024, 28, 16, 16, 64, 2624, 50368], {
    layers: modernLayers(28),
  }),
  distilbert('distilbert/distilbert-base-cased', 65_190_912, 'recalled', [768, 6, 12, 12, 64, 3072, 28996]),
  distilbert(
    'distilbert/distilbert-base-multilingual-cased',
    134_734_080,
    'recalled',
    [768, 6, 12, 12, 64, 3072, 119547],
  ),
  distilbert('distilbert/distilbert-base-uncased', 66_362_880, 'recalled', [768, 6, 12, 12, 64, 3072, 30522]),
  roberta(
    'distilbert/distilroberta-base',
    82_118_400,
    'recalled',
    [768, 6, 12, 12, 64, 3072, 50265],
    typesAndPooler(768, 1),
  ),
  bert(
    ['dmis-lab/biobert-v1.1', 'emilyalsentzer/Bio_ClinicalBERT', 'google-bert/bert-base-cased'],
    108_310_272,
    'recalled',
    [768, 12, 12, 12, 64, 3072, 28996],
    typesAndPooler(768, 2),
  ),
  roberta(
    ['FacebookAI/roberta-base', 'microsoft/codebert-base', 'microsoft/graphcodebert-base'],
    124_645_632,
    'recalled',
    base(50265),
    typesAndPooler(768, 1),
  ),
  roberta('FacebookAI/roberta-large', 355_359_744, 'recalled', large(50265), typesAndPooler(1024, 1)),
  roberta('FacebookAI/xlm-roberta-base', 278_043_648, 'recalled', base(250002), typesAndPooler(768, 1)),
  roberta('FacebookAI/xlm-roberta-large', 559_890_432, 'recalled', large(250002), typesAndPooler(1024, 1)),
  bert('google-bert/bert-base-chinese', 102_267_648, 'recalled', base(21128), typesAndPooler(768, 2)),
  bert('google-bert/bert-base-multilingual-cased', 177_853_440, 'recalled', base(119547), typesAndPooler(768, 2)),
  bert(
    'google-bert/bert-base-multilingual-uncased',
    167_356_416,
    'recalled',
    [768, 12, 12, 12, 64, 3072, 105879],
    typesAndPooler(768, 2),
  ),
  bert('google-bert/bert-base-uncased', 109_482_240, 'recalled', base(30522), typesAndPooler(768, 2)),
  bert('google-bert/bert-large-cased', 333_579_264, 'recalled', large(28996), typesAndPooler(1024, 2)),
  bert(
    ['google-bert/bert-large-uncased', 'google-bert/bert-large-uncased-whole-word-masking'],
    335_141_888,
    'recalled',
    large(30522),
    typesAndPooler(1024, 2),
  ),
  electra('google/electra-base-discriminator', 108_891_648, 'recalled', [768, 12, 12, 12, 64, 3072, 30522], {
    otherParameters: 2 * 768,
  }),
  electra('google/electra-large-discriminator', 334_092_288, 'recalled', [1024, 24, 16, 16, 64, 4096, 30522], {
    otherParameters: 2 * 1024,
  }),
  deberta('microsoft/deberta-v3-base', 183_831_552, 'recalled', [768, 12, 12, 12, 64, 3072, 128100], {
    otherParameters: 512 * 768 + 2 * 768,
  }),
  deberta('microsoft/deberta-v3-large', 434_012_160, 'recalled', [1024, 24, 16, 16, 64, 4096, 128100], {
    otherParameters: 512 * 1024 + 2 * 1024,
  }),
  deberta('microsoft/deberta-v3-small', 141_304_320, 'recalled', [768, 6, 12, 12, 64, 3072, 128100], {
    otherParameters: 512 * 768 + 2 * 768,
  }),
  deberta('microsoft/deberta-v3-xsmall', 70_682_112, 'recalled', [384, 12, 6, 6, 64, 1536, 128100], {
    otherParameters: 512 * 384 + 2 * 384,
  }),
  deberta('microsoft/mdeberta-v3-base', 278_218_752, 'recalled', [768, 12, 12, 12, 64, 3072, 251000], {
    otherParameters: 512 * 768 + 2 * 768,
  }),
  mpnet('microsoft/mpnet-base', 109_486_464, 'recalled', [768, 12, 12, 12, 64, 3072, 30527], {
    otherParameters: 32 * 12 + 768 ** 2 + 768,
  }),
  bert('prajjwal1/bert-medium', 41_373_184, 'recalled', [512, 8, 8, 8, 64, 2048, 30522], typesAndPooler(512, 2)),
  bert('prajjwal1/bert-mini', 11_170_560, 'recalled', [256, 4, 4, 4, 64, 1024, 30522], typesAndPooler(256, 2)),
  bert('prajjwal1/bert-small', 28_763_648, 'recalled', [512, 4, 8, 8, 64, 2048, 30522], typesAndPooler(512, 2)),
  bert('prajjwal1/bert-tiny', 4_385_920, 'recalled', [128, 2, 2, 2, 64, 512, 30522], typesAndPooler(128, 2)),
  bert('ProsusAI/finbert', 109_482_240, 'recalled', [768, 12, 12, 12, 64, 3072, 30522], typesAndPooler(768, 2)),
];

type Dimensions = readonly [number, number, number, number, number, number, number];

function base(vocabSize: number): Dimensions {
  return [768, 12, 12, 12, 64, 3072, vocabSize];
}

function large(vocabSize: number): Dimensions {
  return [1024, 24, 16, 16, 64, 4096, vocabSize];
}

/** Global attention in every third layer (arXiv 2412.13663 §2.1.2); the first lacks a norm, the embedding has one. */
function modernLayers(numLayers: number): LayerKind[] {
  const global = Math.ceil(numLayers / 3);
  return [{ count: 1, normsPerLayer: 1 }, { count: global - 1 }, { count: numLayers - global, attendsTo: 128 }];
}
