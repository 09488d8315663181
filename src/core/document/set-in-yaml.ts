import { isMap, isScalar, isSeq, parseDocument, type Pair, type ParsedNode, type YAMLMap } from 'yaml';
import type { KeyPath, Writable } from './document.ts';
import { withoutEnd } from '../without-end.ts';

type Map = YAMLMap.Parsed;
type Entry = Pair<ParsedNode, ParsedNode | null>;

/** A YAML text with one key set; comments and layout stay. Null in front of an empty value, or where a map is none. */
export function setInYaml(text: string, keys: KeyPath, value: Writable, beside: KeyPath = []): string | null {
  const { contents } = parseDocument(text, { version: '1.2', uniqueKeys: false });
  let map: ParsedNode | null = contents;
  for (const [depth, key] of keys.entries()) {
    if (isSeq(map) && depth < keys.length - 1) {
      map = map.items[Number(key)] ?? null;
      continue;
    }
    if (!isMap(map)) return null;
    const found = entryOf(map, key);
    if (found === undefined) {
      const isSameMap = beside.length === depth + 1 && beside.every((name, at) => at === depth || name === keys[at]);
      const neighbour = isSameMap ? entryOf(map, beside[depth] ?? '') : undefined;
      return add(text, map, keys.slice(depth), value, neighbour);
    }
    if (depth === keys.length - 1) return replace(text, found, value);
    map = found.value;
  }
  return null;
}

function entryOf(map: Map, key: string | number): Entry | undefined {
  return map.items.find((entry) => isScalar(entry.key) && String(entry.key.value) === String(key));
}

function replace(text: string, { value: node }: Entry, value: Writable): string | null {
  if (node === null) return null;
  const [start, end] = node.range;
  return start === end ? null : text.slice(0, start) + spelled(value) + text.slice(end);
}

function add(text: string, map: Map, keys: KeyPath, value: Writable, neighbour: Entry | undefined): string | null {
  const first = map.items[0]?.key;
  if (first === undefined) return null;
  const start = first.range[0];
  if (map.flow === true) return `${text.slice(0, start)}${inFlow(keys, value)}, ${text.slice(start)}`;

  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = keys.map((key, depth) => {
    const isLast = depth === keys.length - 1;
    return `${indent}${'  '.repeat(depth)}${key}:${isLast ? ` ${spelled(value)}` : ''}`;
  });
  const block = lines.join(lineEnd);
  if (keys.length > 1 && indent === '') return `${withoutEnd(text, '\r\n')}${lineEnd}${block}${lineEnd}`;
  const besides = neighbour === undefined || keys.length > 1 ? null : endOfLastPlainLine(text, [neighbour]);
  const after = besides ?? endOfLastPlainLine(text, map.items);
  if (after !== null) return text.slice(0, after) + lineEnd + block + text.slice(after);
  return text.slice(0, start) + block.slice(indent.length) + lineEnd + indent + text.slice(start);
}

/** Where the last line ends that holds a whole entry and nothing else: a new one may follow it. */
function endOfLastPlainLine(text: string, entries: readonly Entry[]): number | null {
  for (const { key, value } of entries.toReversed()) {
    if (value === null || isMap(value) || value.range[0] === value.range[1]) continue;
    if (text.slice(key.range[0], value.range[1]).includes('\n')) continue;
    const end = /\r?\n|$/.exec(text.slice(value.range[1]))?.index ?? 0;
    return value.range[1] + end;
  }
  return null;
}

function inFlow(keys: KeyPath, value: Writable): string {
  const [first, ...rest] = keys;
  return `${first}: ${rest.length === 0 ? spelled(value) : `{ ${inFlow(rest, value)} }`}`;
}

/** Plain where a plain word is text to every YAML reader. */
function spelled(value: Writable): string {
  if (typeof value !== 'string') return String(value);
  const isPlain = /^[a-z][\w .-]*$/i.test(value) && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(value);
  return isPlain ? value : JSON.stringify(value);
}
