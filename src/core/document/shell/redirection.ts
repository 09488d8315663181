import type { HereDocument } from './here-documents.ts';
import type { ShellCursor } from './shell-cursor.ts';
import { plainText } from './shell-text.ts';
import { skipPair } from './skip.ts';

const operator = /<<<|<<-?|<\(|>\(|[<>]+[&|]?/y;

/** Reads over a redirection, which starts here, and its target; the here-document that it asks for, or null. */
export function takeRedirection(cursor: ShellCursor): HereDocument | null {
  const [written = ''] = cursor.take(operator) ?? [];
  if (written.endsWith('(')) {
    cursor.at = skipPair(cursor.text, cursor.at - 1);
    return null;
  }
  cursor.take(/[ \t]*/y);
  // `--load <PATH> \` stands in templates, where the next line is no file.
  if (cursor.startsWith('--') || cursor.character === '\n' || cursor.character === '\\') return null;
  const start = cursor.at;
  const target = cursor.value();
  if (written !== '<<' && written !== '<<-') return null;
  return { delimiter: plainText(target), literal: /['"\\]/.test(cursor.text.slice(start, cursor.at)) };
}
