import type { Document } from '../../document/document.ts';
import { syntaxOf } from '../../document/parse-document.ts';
import { guessedFormat } from '../../run/mapping.ts';
import type { Format, ReadResult } from '../format.ts';
import { programConfig } from '../python-program.ts';
import { nameFromPath } from '../run-name.ts';
import { guessedFacts } from './guessed-facts.ts';
import { guessKeys, type GuessedKey } from './guess-keys.ts';

/** A team's own config whose keys nobody has mapped, by the usual names of what it states. */
export const generic: Format = {
  name: guessedFormat,
  title: "A team's own config, by guess",
  syntaxes: ['yaml', 'json', 'jsonc', 'json5', 'toml', 'settings', 'python'],
  signature: [],
  guesses: true,
  recognize,
  references: () => [],
  read,
};

/**
 * A model's size with a learning rate or a batch; or a model's name with a learning rate, a batch and a duration.
 * A program has many numbers of which most train nothing: there it takes a learning rate.
 */
function recognize(document: Document): boolean {
  const isProgram = syntaxOf(document.path) === 'python';
  const { keys, learns } = guessKeys(programConfig(document).value);
  const has = (...fields: readonly GuessedKey['field'][]): boolean => keys.some(({ field }) => fields.includes(field));
  const batches = has('training.micro_batch_size', 'training.global_batch_size');
  const lasts = has('training.steps', 'training.epochs', 'training.tokens', 'training.samples');
  if (isProgram && !learns) return false;
  if (has('model.hidden_size') && has('model.num_layers')) return learns || batches;
  return has('model.id') && learns && batches && (lasts || !isProgram);
}

function read(document: Document): ReadResult {
  const { path } = document;
  const facts = guessedFacts(programConfig(document));
  return { run: { path, dialect: guessedFormat, name: nameFromPath(path), facts }, problems: [] };
}
