import { withoutEnd } from '../without-end.ts';
import { findModel } from './model.ts';
import { findNamesake } from './namesake.ts';

/**
 * Entries of a tokenizer by its type, file or Hub id; null for one that is not known. A tokenizer that is named by a model
 * has that model's embedding, padding included.
 */
export function tokenizerEntries(name: string): number | null {
  const last = withoutEnd(name.trim(), '/').split('/').at(-1)?.toLowerCase() ?? '';
  const entries = known.get(last);
  if (entries !== undefined) return entries;
  return (findModel(name)?.shape ?? findNamesake(name)?.shape)?.vocabSize ?? null;
}

/** Types as Megatron and its descendants call them, vocabulary files, and encodings of tiktoken. */
const known: ReadonlyMap<string, number> = new Map(
  (
    [
      // GPT-2 (Radford et al. 2019, 2.2)
      [50_257, 'gpt2bpetokenizer gpt2tokenizer gpt2 gpt2-vocab.json gpt2-merges.txt'],
      // GPT-NeoX-20B (Black et al. 2022, 3.2), as its tokenizer on the Hub counts
      [50_277, '20b_tokenizer.json gpt-neox-20b neox-20b eleutherai-gpt-neox-20b'],
      // Llama (Touvron et al. 2023, 2.1) and Mistral 7B, SentencePiece
      [32_000, 'llama2tokenizer llamatokenizer llama-tokenizer hf-llama-tokenizer'],
      // Llama 3 (Dubey et al. 2024, 3.2)
      [128_256, 'llama3tokenizer'],
      // BERT (Devlin et al. 2018, 3)
      [30_522, 'bertwordpiecelowercase bert-large-uncased-vocab.txt'],
      // tiktoken's openai_public.py
      [50_281, 'p50k_base'],
      [100_277, 'cl100k_base'],
      [200_019, 'o200k_base'],
    ] as const
  ).flatMap(([entries, names]) => names.split(' ').map((name) => [name, entries] as const)),
);
