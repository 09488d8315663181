import type { Document } from '../../document/document.ts';
import { readWord, type ScriptCommand } from '../script-command.ts';

/**
 * The `key=value` words of a command as a document: a map from dotted keys to values (hydra.cc, "Basic override
 * syntax"). The last of two counts. The place of a key is that of its value.
 */
export function overridesOf({ document, index, words }: ScriptCommand): Document {
  const value = Object.create(null) as Record<string, ReturnType<typeof readWord>>;
  const wordOf = new Map<string, number>();
  words.forEach((word, at) => {
    const override = /^\+{0,2}([A-Za-z_][\w.]{0,200})=([^]*)$/.exec(word);
    if (override === null) return;
    const [, key = '', written = ''] = override;
    value[key] = readWord(written.replace(/^(["'])(.*)\1$/, '$2'));
    wordOf.set(key, at);
  });
  return {
    path: document.path,
    value,
    placeOf: ([key]) => document.placeOf(['commands', index, 'words', wordOf.get(String(key)) ?? 0]),
  };
}
