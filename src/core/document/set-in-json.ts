import { applyEdits, modify } from 'jsonc-parser';
import type { KeyPath, Writable } from './document.ts';

/** A JSON text with one key set; comments and layout stay. */
export function setInJson(text: string, keys: KeyPath, value: Writable): string | null {
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? '  ';
  const formattingOptions = {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  return applyEdits(text, modify(text, [...keys], value, { formattingOptions }));
}
