import { gpt, modelFamily } from './model-family.ts';

const encoder = {
  ...gpt,
  tieWordEmbeddings: true,
  learnedPositions: 512,
  peculiarities: ['no-final-norm', 'embedding-norm', 'bidirectional'],
} as const;

export const bert = modelFamily('bert', encoder);
/** Its positions begin behind the padding token. */
export const roberta = modelFamily('roberta', { ...encoder, learnedPositions: 514 });
/** No token types; relative positions besides the learned ones (arXiv 2004.09297). */
export const mpnet = modelFamily('mpnet', { ...encoder, learnedPositions: 514 });
/** Neither token types nor pooler. */
export const distilbert = modelFamily('distilbert', encoder);
/** No pooler. */
export const electra = modelFamily('electra', encoder);
/** Relative positions alone, normed (arXiv 2111.09543). */
export const deberta = modelFamily('deberta-v2', { ...encoder, learnedPositions: 0 });

/** Embedding of token types, and the matrix that makes a sentence of the first token. */
export function typesAndPooler(hiddenSize: number, types: number): { readonly otherParameters: number } {
  return { otherParameters: types * hiddenSize + hiddenSize ** 2 + hiddenSize };
}
