import { evaluateTest } from './evaluate-test.ts';
import type { ShellCursor } from './shell-cursor.ts';
import { plainText } from './shell-text.ts';

/** Reads over `[[ … ]]`: whether it holds; null where that is not known. */
export function takeDoubleBracket(cursor: ShellCursor): boolean | null {
  cursor.at += 2;
  const words: string[] = [];
  let isCompound = false;
  while (!cursor.isAtEnd && !cursor.startsWith(']]')) {
    const { character } = cursor;
    if (/[\s;&|<>()]/.test(character)) {
      isCompound ||= !/\s/.test(character);
      cursor.at += 1;
    } else words.push(plainText(cursor.value()));
  }
  cursor.at += 2;
  return isCompound ? null : evaluateTest(words);
}
