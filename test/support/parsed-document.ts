import { expect } from 'vitest';
import type { Document } from '../../src/core/document/document.ts';
import { parseDocument } from '../../src/core/document/parse-document.ts';
import type { Problem } from '../../src/core/problem.ts';

/** The document of a text that has no problem. */
export function parsed(path: string, text: string): Document {
  const { document, problems } = parseDocument(path, text);
  expect(problems).toEqual([]);
  return document!;
}

/** What is wrong with a text: there is a document where nothing is, and none where anything is. */
export function problemsOf(path: string, text: string): readonly Problem[] {
  const { document, problems } = parseDocument(path, text);
  expect(document === null).toBe(problems.length > 0);
  return problems;
}

/** The same data, of maps that have a prototype. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
