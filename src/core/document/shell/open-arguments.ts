import { plainText, unknownText, type Piece, type ShellText } from './shell-text.ts';
import type { Variable } from './shell-variable.ts';

/** Arguments that one variable may get in branches that nobody can choose between. */
const most = 1_000;

/**
 * What a list of arguments is after branches that only append to it, and not all the same: what it was before, and every
 * flag that one of them appends, with a value that is not known. Null where a branch does anything else.
 */
export function withOpenArguments(
  before: Variable | undefined,
  after: readonly (Variable | undefined)[],
): Variable | null {
  if (before === undefined) return null;
  const tails = after.map((value) => (value === undefined ? [] : tailOf(before, value)));
  if (tails.some((tail) => tail === null)) return null;
  const [first, ...others] = tails.map((tail) => (tail ?? []).map(({ text }) => text).join(' '));
  if (others.every((tail) => tail === first)) return after[0] ?? null;
  const names = new Map<string, number>();
  for (const { text, offset } of tails.flatMap((tail) => tail ?? [])) {
    const name = /^(?:--?[A-Za-z][\w.-]{0,100}|[+~]{0,2}[A-Za-z][\w./@-]{0,100}=)/.exec(text)?.[0];
    if (name !== undefined && names.size < most) names.set(name, names.get(name) ?? offset);
  }
  if ('items' in before)
    return { items: before.items.append([...names].flatMap(([name, offset]) => words(name, offset))) };
  const pieces = [...names].flatMap(([name, offset]) => {
    return words(name, offset).flatMap((word): ShellText => [{ text: ' ', offset }, ...word]);
  });
  return { text: before.text.append(pieces) };
}

function words(name: string, offset: number): ShellText[] {
  const unknown = { text: unknownText, offset };
  return name.endsWith('=') ? [[{ text: name, offset }, unknown]] : [[{ text: name, offset }], [unknown]];
}

/** The words that were appended; null where what was there is no longer. */
function tailOf(before: Variable, after: Variable): Piece[] | null {
  if ('items' in before) {
    const appended = 'items' in after ? after.items.since(before.items) : null;
    return appended?.map((word) => ({ text: plainText(word), offset: word[0]?.offset ?? 0 })) ?? null;
  }
  const appended = 'text' in after && after.isContested !== true ? after.text.since(before.text) : null;
  return (
    appended?.flatMap(({ text, offset }) => {
      return [...text.matchAll(/\S+/g)].map((word) => ({ text: word[0], offset: offset + word.index }));
    }) ?? null
  );
}
