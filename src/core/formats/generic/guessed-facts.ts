import type { Document } from '../../document/document.ts';
import { startOf } from '../../problem.ts';
import type { Fact, Facts } from '../../run/facts.ts';
import { guessedFormat } from '../../run/mapping.ts';
import { mappedFormat } from '../mapped-format.ts';
import { guessKeys, type GuessedKey, type Guesses } from './guess-keys.ts';

/** What the keys of a config state by their names. Each is an assumption, with the place and the name of its key. */
export function guessedFacts(document: Document): Facts {
  const guesses = guessKeys(document.value);
  const keys = guesses.keys.map((key) => ({ ...key, place: startOf(document.path) }));
  const { run } = mappedFormat({ name: guessedFormat, files: [], keys, state: {} }).read(document, new Map());
  return { ...asGuessed(run?.facts ?? {}, guesses.keys), ...methodOf(guesses, document) };
}

function asGuessed(facts: Facts, keys: readonly GuessedKey[]): Facts {
  const entries = Object.entries(facts).map(([field, fact]): [string, Fact<unknown>] => {
    const { key = '', as = '' } = keys.find((guess) => guess.field === field) ?? {};
    const reason = `told by the name of ${key}${as === '' ? '' : ` ${as}`}`;
    return [field, { ...fact, authority: 'default', reason }];
  });
  // Each value is still that of its own field.
  return Object.fromEntries(entries);
}

/** Adapters are never taken for full training. */
function methodOf({ adapter }: Guesses, document: Document): Facts {
  if (adapter === null) return {};
  const place = document.placeOf(adapter.split('.'));
  return {
    'training.method': { value: 'lora', authority: 'default', place, reason: `told by the name of ${adapter}` },
  };
}
