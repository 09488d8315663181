/** Stands in a text for a part that only running the script would tell; no script can hold this character itself. */
export const unknownText = '\0';

/** Text as it was written in one go: its n-th character stands at `offset + n`. */
export interface Piece {
  readonly text: string;
  readonly offset: number;
}

/** Text that may have been put together from several places of a script. */
export type ShellText = readonly Piece[];

/** A script, or a text in it that a shell reads as one, with where each of its characters stands. */
export interface Source {
  readonly text: string;
  offsetAt(index: number): number;
}

export function plainText(text: ShellText): string {
  return text.map((piece) => piece.text).join('');
}

export function unknownAt(offset: number): ShellText {
  return [{ text: unknownText, offset }];
}

/** Whether nothing at all of it is known. */
export function isUnknown(text: ShellText): boolean {
  return text.length > 0 && text.every((piece) => piece.text === unknownText);
}

/**
 * Where a word stands: for `key=value` whose value came out of a variable, where that value was written; for any
 * other word where its first piece was.
 */
export function offsetOf(word: ShellText): number {
  const [first, second] = word;
  if (first === undefined) return 0;
  const isKey = second !== undefined && /^[-+\w.]+=$/.test(first.text);
  return isKey && second.text !== unknownText ? second.offset : first.offset;
}

/** The text as a source of its own: what `eval` and `bash -c` read. */
export function sourceOf(pieces: ShellText): Source {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    starts.push(length);
    length += piece.text.length;
  }
  const offsetAt = (index: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return (pieces[low]?.offset ?? 0) + index - (starts[low] ?? 0);
  };
  return { text: plainText(pieces), offsetAt };
}
