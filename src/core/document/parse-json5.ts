import type { ParseResult } from './document.ts';
import { parseYaml } from './parse-yaml.ts';

/**
 * Reads JSON5, and Jsonnet as far as it is literal: names without quotes, texts in single quotes, commas at the end and
 * comments. But for its comments YAML reads all of that.
 */
export function parseJson5(path: string, text: string): ParseResult {
  return parseYaml(path, withoutComments(text));
}

/** Comments as so many spaces, so that everything stays in its place. Goes through the text once. */
function withoutComments(text: string): string {
  const kept: string[] = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    if (text[at] === '"' || text[at] === "'") at = endOfText(text, at);
    else if (two === '//' || two === '/*') {
      const end = two === '//' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2) + 2;
      const after = end <= at ? text.length : end;
      kept.push(text.slice(start, at), text.slice(at, after).replaceAll(/[^\n]/g, ' '));
      start = at = after;
    } else at += 1;
  }
  return [...kept, text.slice(start)].join('');
}

/** Behind the closing quote; an unclosed text ends with its line. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === text[start] || text[at] === '\n') return at + 1;
  }
  return text.length;
}
