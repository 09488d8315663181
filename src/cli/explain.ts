import { inspect } from 'node:util';
import { cleanLine } from '../core/report/escape.ts';

/** An error in words, for the one catch of the command line: what failed and why, or, where it is our own, a trace. */
export function explain(error: unknown): string {
  if (!(error instanceof Error) || error.constructor !== Error) return explainBug(error);
  return [
    `scalegate: ${inLines(error.message)}`,
    ...causesOf(error).map((cause) => `  because ${inLines(cause)}`),
  ].join('\n');
}

function explainBug(error: unknown): string {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${trace}\nThis is a bug in scalegate. Please report it: https://github.com/scalegate/scalegate/issues`;
}

/** What lies behind an error, nearest first. */
function causesOf({ cause }: Error): string[] {
  if (cause === undefined) return [];
  return cause instanceof Error ? [cause.message, ...causesOf(cause)] : [inspect(cause)];
}

/** Git's words may have several lines, and names in them that are somebody else's. */
function inLines(text: string): string {
  return text
    .split('\n')
    .map((line) => cleanLine(line, 600))
    .join('\n    ');
}
