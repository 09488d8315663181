import type { KeyPath, Writable } from './document.ts';

/** A keyword of a call, or a name that is assigned, with its literal. */
interface Keyword {
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/**
 * A Python program with one keyword changed, `key=value`, everything else as it was; one that it lacks is added beside one
 * that trainings have. Only literals are replaced, and nothing is run. Null where the keyword stands there more than once,
 * is no literal, or has no place. Whoever calls reads the text again: a program can hold a keyword where it means nothing.
 */
export function setInPython(text: string, keys: KeyPath, value: Writable): string | null {
  const [name] = keys;
  if (keys.length !== 1 || typeof name !== 'string' || !/^[A-Za-z_]\w{0,100}$/.test(name)) return null;
  const written = literalOf(value);
  if (written === null) return null;
  const found = keywordsIn(text, name);
  const [keyword] = found;
  if (found.length > 1) return null;
  if (keyword !== undefined) return text.slice(0, keyword.valueStart) + written + text.slice(keyword.valueEnd);
  if (isMentioned(text, name)) return null;
  const anchor = anchors.map((known) => keywordsIn(text, known)).find((places) => places.length === 1)?.[0];
  return anchor === undefined ? null : addBehind(text, anchor, `${name}=${written}`);
}

/** Keywords of the calls that say how a training goes, and of none that loads a model. */
const anchors = ['per_device_train_batch_size', 'max_steps', 'num_train_epochs', 'learning_rate'];

function literalOf(value: Writable): string | null {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  return /^[\w ./:,+-]*$/.test(value) ? `"${value}"` : null;
}

const literal = String.raw`(-?\d[\d_]{0,20}(?:\.\d{0,20})?(?:[eE][-+]?\d{1,3})?|True|False|None|"[^"\\\n]{0,200}"|'[^'\\\n]{0,200}')`;

/** Those whose value is a literal up to its end; none in comments. */
function keywordsIn(text: string, name: string): Keyword[] {
  const pattern = new RegExp(
    String.raw`(?<![\w.])${name}([ \t]{0,4}=[ \t]{0,4})${literal}(?=[ \t]{0,40}(?:[,)#;\r\n]|$))`,
    'g',
  );
  return [...text.matchAll(pattern)].flatMap((match) => {
    const [whole, , value = ''] = match;
    const start = match.index;
    const valueEnd = start + whole.length;
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
    return line.includes('#') ? [] : [{ start, valueStart: valueEnd - value.length, valueEnd }];
  });
}

/** With a value that is no literal, which a second one would contradict. */
function isMentioned(text: string, name: string): boolean {
  return new RegExp(String.raw`(?<![\w.])${name}[ \t]{0,4}=(?!=)`).test(text);
}

/** Behind the other keyword, on a line of its own where that has one. */
function addBehind(text: string, { start, valueEnd }: Keyword, added: string): string {
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const separator = /^[ \t]*$/.test(indent) ? `,\n${indent}` : ', ';
  return text.slice(0, valueEnd) + separator + added + text.slice(valueEnd);
}
