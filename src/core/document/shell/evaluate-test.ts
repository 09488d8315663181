import { unknownText } from './shell-text.ts';

/** Whether a command succeeds, given its words, where it is a test or a constant; null where that is not known. */
export function outcomeOf(words: readonly string[]): boolean | null {
  if (words[0] === '[' && words.at(-1) === ']') return evaluateTest(words.slice(1, -1));
  if (words[0] === 'test') return evaluateTest(words.slice(1));
  return words[0] === 'true' ? true : words[0] === 'false' ? false : null;
}

/** Whether `[ … ]`, `[[ … ]]` or `test …` holds, given its words without the brackets; null where that is not known. */
export function evaluateTest(words: readonly string[]): boolean | null {
  if (words[0] === '!') {
    const holds = evaluateTest(words.slice(1));
    return holds === null ? null : !holds;
  }
  if (words.some((word) => word.includes(unknownText))) return null;
  const [left = '', operator = '', right = ''] = words;
  if (words.length === 2 && left === '-z') return operator === '';
  if (words.length === 2 && left === '-n') return operator !== '';
  if (words.length !== 3) return null;
  if (operator === '=' || operator === '==') return /[*?[]/.test(right) ? null : left === right;
  if (operator === '!=') return /[*?[]/.test(right) ? null : left !== right;
  return Object.hasOwn(comparisons, operator) ? compare(left, right, comparisons[operator]) : null;
}

const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '-eq': (left, right) => left === right,
  '-ne': (left, right) => left !== right,
  '-gt': (left, right) => left > right,
  '-ge': (left, right) => left >= right,
  '-lt': (left, right) => left < right,
  '-le': (left, right) => left <= right,
};

function compare(
  left: string,
  right: string,
  holds: ((left: number, right: number) => boolean) | undefined,
): boolean | null {
  const isNumber = (text: string): boolean => /^-?\d+$/.test(text);
  return holds !== undefined && isNumber(left) && isNumber(right) ? holds(Number(left), Number(right)) : null;
}
