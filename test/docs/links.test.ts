import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { readPage, readPages, textOf, type Page } from './pages.ts';

test.each(readPages())('every link of $path leads somewhere', (page) => {
  expect(page.links.map(({ url }) => url).filter((url) => !leadsSomewhere(page, url))).toEqual([]);
});

/** Links to the web are not followed; a link to a file of the repository must name one, and a heading in it. */
function leadsSomewhere(page: Page, url: string): boolean {
  if (/^(?:https?|mailto):/.test(url)) return true;
  const [file = '', anchor] = url.split('#');
  const path = file === '' ? page.path : posix.join(posix.dirname(page.path), file);
  if (!existsSync(path)) return false;
  return anchor === undefined || anchorsOf(readPage(path)).includes(anchor);
}

/** The anchors that GitHub gives to headings. */
function anchorsOf({ headings }: Page): string[] {
  const slugs = headings.map((heading) =>
    textOf(heading)
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return slugs.map((slug, index) => {
    const before = slugs.slice(0, index).filter((other) => other === slug).length;
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
