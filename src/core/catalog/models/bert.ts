import { gpt, modelFamily, type CatalogModel } from '../model-family.ts';

const family = {
  ...gpt,
  tieWordEmbeddings: true,
  learnedPositions: 512,
  peculiarities: ['no-final-norm', 'embedding-norm', 'bidirectional'],
} as const;
const bert = modelFamily('bert', family);
const roberta = modelFamily('roberta', { ...family, learnedPositions: 514 });
const distilbert = modelFamily('distilbert', family);

/** BERT and its kin: the encoder with its pooler, without the head of a task. */
export const bertModels: readonly CatalogModel[] = [
  distilbert('distilbert/distilbert-base-uncased', 66_362_880, 'recalled', [768, 6, 12, 12, 64, 3072, 30522]),
  roberta('FacebookAI/roberta-base', 124_645_632, 'recalled', base(50265), typesAndPooler(768, 1)),
  roberta('FacebookAI/roberta-large', 355_359_744, 'recalled', large(50265), typesAndPooler(1024, 1)),
  roberta('FacebookAI/xlm-roberta-base', 278_043_648, 'recalled', base(250002), typesAndPooler(768, 1)),
  roberta('FacebookAI/xlm-roberta-large', 559_890_432, 'recalled', large(250002), typesAndPooler(1024, 1)),
  bert('google-bert/bert-base-cased', 108_310_272, 'recalled', base(28996), typesAndPooler(768, 2)),
  bert('google-bert/bert-base-chinese', 102_267_648, 'recalled', base(21128), typesAndPooler(768, 2)),
  bert('google-bert/bert-base-multilingual-cased', 177_853_440, 'recalled', base(119547), typesAndPooler(768, 2)),
  bert('google-bert/bert-base-uncased', 109_482_240, 'recalled', base(30522), typesAndPooler(768, 2)),
  bert('google-bert/bert-large-cased', 333_579_264, 'recalled', large(28996), typesAndPooler(1024, 2)),
  bert('google-bert/bert-large-uncased', 335_141_888, 'recalled', large(30522), typesAndPooler(1024, 2)),
];

type Dimensions = readonly [number, number, number, number, number, number, number];

function base(vocabSize: number): Dimensions {
  return [768, 12, 12, 12, 64, 3072, vocabSize];
}

function large(vocabSize: number): Dimensions {
  return [1024, 24, 16, 16, 64, 4096, vocabSize];
}

function typesAndPooler(hiddenSize: number, types: number): { readonly otherParameters: number } {
  return { otherParameters: types * hiddenSize + hiddenSize ** 2 + hiddenSize };
}
