import { deleted, isMap, mapOf } from '../compose/layers.ts';
import type { Document, KeyPath } from '../document/document.ts';
import { parseDocument } from '../document/parse-document.ts';
import { valueAt } from '../document/value-at.ts';
import { unknownText } from '../document/shell/shell-text.ts';
import { readWord, type ScriptCommand } from './script-command.ts';

/** What a command changes in a config that it names, as a layer over it; keys are nested at their dots. */
interface Change {
  readonly keys: readonly string[];
  readonly value: unknown;
  /** The word that says so. */
  readonly word: number;
}

/** Changes of one command; a hostile one could have a hundred thousand. */
const mostChanges = 2_000;

/** Flags of launchers and of Hydra itself, which are no keys of a config. */
const launcherFlags =
  /^(?:config|cfg|config[-_]?(?:name|path|dir|file|yaml)|recipe|yaml|multirun|nproc[-_]per[-_]node|nnodes|node[-_]rank|master[-_](?:addr|port)|num[-_]processes|num[-_]machines|rdzv[-_]\w+|hostfile|include|local[-_]rank)$/;

/**
 * `a.b=1`, `+a.b=1`, `++a.b=1` and `~a.b` (hydra.cc, "Basic Override syntax"; torchtune and others take the first), and
 * `--a.b 1` or `--a.b=1`. The last of two counts. A value that is not known is null: nothing states it.
 */
export function overridesIn(command: ScriptCommand, start: number): Document | null {
  const changes = changesIn(command.words, start).slice(0, mostChanges);
  if (changes.length === 0) return null;
  const root = mapOf([]);
  const words = new Map<string, number>();
  for (const change of changes) set(root, change, words);
  const { document, index } = command;
  return {
    path: document.path,
    value: root,
    placeOf: (keys: KeyPath) => document.placeOf(['commands', index, 'words', wordAt(keys, words) ?? 0]),
  };
}

/** `model=big`, `+experiment=big`: words that may choose the option of a group rather than set a value. */
export function choicesIn(words: readonly string[]): ReadonlyMap<string, string> {
  const choices = words.flatMap((word): [string, string][] => {
    const choice = /^(\+?)\+?([\w/-]{1,200}(?:@[\w.]{1,200})?)=([\w./-]{1,200})$/.exec(word);
    return choice === null ? [] : [[`${choice[1] ?? ''}${choice[2] ?? ''}`, choice[3] ?? '']];
  });
  return new Map(choices.slice(0, mostChanges));
}

function changesIn(words: readonly string[], start: number): Change[] {
  const changes: Change[] = [];
  for (let at = start + 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const removed = /^~([A-Za-z_][\w.]{0,200})$/.exec(word);
    if (removed !== null) changes.push({ keys: (removed[1] ?? '').split('.'), value: deleted, word: at });
    const assigned = /^(?:\+{0,2}|--)([A-Za-z_][\w.-]{0,200})=([^]*)$/.exec(word);
    const [, key = '', written = ''] = assigned ?? [];
    if (assigned !== null && !launcherFlags.test(key))
      changes.push({ keys: keysOf(key), value: valueOf(written), word: at });
    const flag = assigned === null ? /^--([A-Za-z_][\w.-]{0,200})$/.exec(word)?.[1] : undefined;
    if (flag === undefined || launcherFlags.test(flag)) continue;
    const next = words[at + 1];
    const hasValue = next !== undefined && !/^-[A-Za-z-]/.test(next);
    // A switch of DeepSpeed's own, which names no file
    if (flag === 'deepspeed' && !hasValue) continue;
    changes.push({ keys: keysOf(flag), value: hasValue ? valueOf(next) : true, word: hasValue ? at + 1 : at });
  }
  return changes;
}

function keysOf(key: string): string[] {
  return key
    .replaceAll('-', '_')
    .split('.')
    .filter((name) => name !== '')
    .slice(0, 20);
}

function valueOf(written: string): unknown {
  if (written.includes(unknownText)) return null;
  const text = written.replace(/^(["'])(.*)\1$/s, '$2');
  if (!/^[[{]/.test(text) || text.length > 10_000) return readWord(text);
  return parseDocument('value.yaml', text).document?.value ?? text;
}

function set(root: Record<string, unknown>, { keys, value, word }: Change, words: Map<string, number>): void {
  let map = root;
  keys.slice(0, -1).forEach((key) => {
    const inner = valueAt(map, [key]);
    const next = isMap(inner) ? inner : mapOf([]);
    map[key] = next;
    map = next;
  });
  const last = keys.at(-1);
  if (last === undefined) return;
  map[last] = value;
  words.set(keys.join('\0'), word);
}

function wordAt(keys: KeyPath, words: ReadonlyMap<string, number>): number | undefined {
  for (let end = keys.length; end > 0; end -= 1) {
    const word = words.get(keys.slice(0, end).join('\0'));
    if (word !== undefined) return word;
  }
  return undefined;
}
