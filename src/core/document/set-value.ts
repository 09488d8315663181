import type { KeyPath, Writable } from './document.ts';
import { syntaxOf, type Syntax } from './parse-document.ts';
import { setInJson } from './set-in-json.ts';
import { setInPython } from './set-in-python.ts';
import { setInShell } from './set-in-shell.ts';
import { setInToml } from './set-in-toml.ts';
import { setInYaml } from './set-in-yaml.ts';

type Setter = (text: string, keys: KeyPath, value: Writable, beside: KeyPath) => string | null;

const setters: Readonly<Partial<Record<Syntax, Setter>>> = {
  yaml: setInYaml,
  json: setInJson,
  toml: setInToml,
  shell: setInShell,
  python: setInPython,
};

/**
 * The text of a YAML, JSON or TOML file with one key set, of a script with one flag, or of a program with one keyword,
 * everything else as it was: a stated value is replaced, a missing one is added, below the key `beside` where that is a
 * neighbour of it and has a line of its own. Null where the file gives no place for it. The text must be one that
 * parseDocument reads.
 */
export function setValue(
  path: string,
  text: string,
  keys: KeyPath,
  value: Writable,
  beside: KeyPath = [],
): string | null {
  const syntax = syntaxOf(path);
  if (syntax === null || keys.length === 0) return null;
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const changed = setters[syntax]?.(text.slice(mark.length), keys, value, beside) ?? null;
  return changed === null ? null : mark + changed;
}
