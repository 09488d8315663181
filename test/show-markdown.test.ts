import { expect, test } from 'vitest';
import { showMarkdown } from '../scripts/show-markdown.ts';

test('a summary is shown without its tags', () => {
  expect(showMarkdown('<details><summary><b>Two</b> runs</summary></details>')).toBe('▸ Two runs');
});

test('angle brackets that open no tag stay', () => {
  const brackets = '<'.repeat(100_000);
  expect(showMarkdown(`<details><summary>a <b>${brackets}</b></summary></details>`)).toBe(`▸ a ${brackets}`);
});
