import type { KeyPath, Writable } from './document.ts';
import { syntaxOf, type Syntax } from './parse-document.ts';
import { setInJson } from './set-in-json.ts';
import { setInToml } from './set-in-toml.ts';
import { setInYaml } from './set-in-yaml.ts';

/** Scripts are read, never written. */
const setters: Readonly<Partial<Record<Syntax, (text: string, keys: KeyPath, value: Writable) => string | null>>> = {
  yaml: setInYaml,
  json: setInJson,
  toml: setInToml,
};

/**
 * The text of a YAML, JSON or TOML file with one key set, everything else as it was: a stated value is replaced, a
 * missing key is added. Null where the file gives no place for it, as a script never does. The text must be one that
 * parseDocument reads.
 */
export function setValue(path: string, text: string, keys: KeyPath, value: Writable): string | null {
  const syntax = syntaxOf(path);
  if (syntax === null || keys.length === 0) return null;
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const changed = setters[syntax]?.(text.slice(mark.length), keys, value) ?? null;
  return changed === null ? null : mark + changed;
}
