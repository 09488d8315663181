import type { Document } from '../document/document.ts';
import { valueAt } from '../document/value-at.ts';
import { unknownText } from '../document/shell/shell-text.ts';
import { readWord, type ScriptCommand } from './script-command.ts';

type FlagValue = ReturnType<typeof readWord>;

/**
 * The `--name value` arguments of a command, from one word on, as a document of their own: a map from names, written with underscores,
 * to a value, a list of several, true for a flag without one, or null for one that is not known. The last of two
 * counts (argparse). A flag's place is that of its value.
 */
export function flagsOf({ document, index, words }: ScriptCommand, start = 0): Document {
  const value = Object.create(null) as Record<string, FlagValue | FlagValue[]>;
  const wordOf = new Map<string, number>();
  let name: string | null = null;
  let values: FlagValue[] = [];
  words.forEach((word, at) => {
    if (at < start) return;
    const flag = /^--([A-Za-z][\w.-]{0,100})(?:=([^]*))?$/.exec(word);
    if (flag === null) {
      if (name === null || /^-[A-Za-z]/.test(word)) name = null;
      else {
        // An argument list that is not known, as `$EXTRA` is, is no second value.
        if (values.length > 0 && word === unknownText) return;
        if (values.length === 0) wordOf.set(name, at);
        values.push(readWord(word));
        value[name] = values.length === 1 ? (values[0] ?? null) : values;
      }
      return;
    }
    const [, written = '', assigned] = flag;
    name = written.replaceAll('-', '_');
    values = assigned === undefined ? [] : [readWord(assigned)];
    value[name] = assigned === undefined ? true : (values[0] ?? null);
    wordOf.set(name, at);
  });
  return {
    path: document.path,
    value,
    placeOf: ([key]) => document.placeOf(['commands', index, 'words', wordOf.get(String(key)) ?? 0]),
  };
}

/** Whether a command has one of these flags, in either spelling. */
export function hasFlag(words: readonly string[], ...names: readonly string[]): boolean {
  return words.some((word) => {
    const flag = /^--([A-Za-z][\w.-]{0,100})(?:=|$)/.exec(word)?.[1];
    return flag !== undefined && names.includes(flag.replaceAll('-', '_'));
  });
}

/**
 * The value of a flag that takes one; of several words the first, as a program follows the last flag of its launcher.
 * Null where it is not known, undefined where the flag is not there.
 */
export function flagValue(flags: Document, name: string): unknown {
  const value = valueAt(flags.value, [name]);
  return Array.isArray(value) ? (value as unknown[])[0] : value;
}
