import { applyEdits, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import type { KeyPath, Writable } from './document.ts';

/** A JSON text with one key set; comments and layout stay. Null where what should hold the key is no object. */
export function setInJson(text: string, keys: KeyPath, value: Writable, beside: KeyPath = []): string | null {
  if (!hasRoom(text, keys)) return null;
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  const isSameObject = beside.length === keys.length && beside.slice(0, -1).every((key, at) => key === keys[at]);
  const getInsertionIndex = (names: readonly string[]): number => {
    const at = isSameObject ? names.indexOf(String(beside.at(-1))) : -1;
    return at === -1 ? names.length : at + 1;
  };
  return applyEdits(text, modify(text, [...keys], value, { formattingOptions, getInsertionIndex }));
}

/** Objects and lists on the way to the key, as far as it exists; lists are not made longer. */
function hasRoom(text: string, keys: KeyPath): boolean {
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (root === undefined) return false;
  return keys.every((key, depth) => {
    const holder = findNodeAtLocation(root, keys.slice(0, depth));
    if (holder === undefined) return typeof key === 'string';
    if (holder.type === 'object') return typeof key === 'string';
    return holder.type === 'array' && typeof key === 'number' && key < (holder.children?.length ?? 0);
  });
}
