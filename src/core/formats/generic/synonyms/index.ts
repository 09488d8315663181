import { modelSynonyms } from './model-synonyms.ts';
import { hardwareSynonyms, parallelismSynonyms } from './parallelism-synonyms.ts';
import type { Synonyms } from './synonym.ts';
import { trainingSynonyms } from './training-synonyms.ts';

/** The field's usual words for what a run states; none of them is read before a dialect that knows the file. */
export const synonyms: readonly Synonyms[] = [
  ...modelSynonyms,
  ...trainingSynonyms,
  ...parallelismSynonyms,
  ...hardwareSynonyms,
];
