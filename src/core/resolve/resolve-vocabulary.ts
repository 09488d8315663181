import { tokenizerEntries } from '../catalog/tokenizer.ts';
import type { Ledger } from './ledger.ts';

/** Embeddings are padded for the kernels: to 128 in Megatron-LM (`make_vocab_size_divisible_by`), GPT-NeoX and nanoGPT's kin. */
const paddedTo = 128;

/** GPT-2's, padded: what trainings that name no tokenizer most often have, and the smallest of today's. */
const usualRows = 50_304;

/**
 * Fills in the vocabulary of a model that states all else: that of the tokenizer it names, where that is known, else the
 * usual one as an assumption. Memory hangs little on it, and estimates show what other vocabularies would change.
 */
export function resolveVocabulary(ledger: Ledger): void {
  const fact = ledger.facts['model.tokenizer'];
  const entries = fact === undefined ? null : tokenizerEntries(fact.value);
  if (fact !== undefined && entries !== null) {
    const value = Math.ceil(entries / paddedTo) * paddedTo;
    ledger.addWeaker({ 'model.vocab_size': { value, authority: 'catalog', place: fact.place } });
    return;
  }
  const reason =
    fact === undefined
      ? 'not stated, and no tokenizer is named; usual ones have 32,000 to 256,000 entries'
      : `not stated, and the tokenizer ${fact.value} is not known; usual ones have 32,000 to 256,000 entries`;
  ledger.addWeaker({ 'model.vocab_size': { value: usualRows, authority: 'default', place: null, reason } });
  ledger.assume('model.vocab_size', usualRows, reason);
}
