import { fileOf } from './recipe-path.ts';

/** Where a value stands in a file that a person wrote; line and column count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * What is wrong with something that the user wrote. Problems are data: they are collected, never thrown, and all are
 * reported at once.
 */
export interface Problem {
  /** Stable name of the kind of problem, for tests and tools: `invalid-yaml`, `wrong-type`, `unknown-key` … */
  readonly code: string;
  readonly place: Place;
  /** Dotted path of the key, `training.micro_batch_size`; null when the file as a whole is at fault. */
  readonly key: string | null;
  /** What was found, in one sentence that names it. */
  readonly message: string;
  /** What was expected, or what to do about it. */
  readonly hint: string | null;
}

/** The first line of a file: where a problem of the whole file is shown. */
export function startOf(path: string): Place {
  return { path: fileOf(path), line: 1, column: 1 };
}

/** `configs/large.yaml:12:5`, as editors and terminals make it clickable. */
export function printPlace({ path, line, column }: Place): string {
  return `${path}:${line}:${column}`;
}

/** `line 12`, with the path where that is another file than the one it is said in. */
export function lineSeenFrom(from: Place, { path, line }: Place): string {
  return path === from.path ? `line ${line}` : `${path} line ${line}`;
}

/** One problem on one line: place, key, what was found, what to do. */
export function printProblem({ place, key, message, hint }: Problem): string {
  const subject = key === null ? '' : `${key}: `;
  return `${printPlace(place)}  ${subject}${message}${hint === null ? '' : ` ${hint}`}`;
}
