import { micromark } from 'micromark';
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table';
import { cleanLine, htmlText } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { headlineOf } from '../../headline.ts';
import type { Output } from '../../output.ts';
import { worstFirst } from '../../ranking.ts';
import { renderSummary } from '../markdown/markdown.ts';
import { runSection } from './run-section.ts';
import { style } from './style.ts';
import { waterfalls } from './waterfall.ts';

/** More runs than this nobody scrolls through; the table above has them all. */
const mostRuns = 50;

/** What `scalegate diff --format html` prints. */
export const html: Output = {
  name: 'html',
  reader: 'tool',
  render: (evaluation, { version }) => renderPage(evaluation, version),
};

/**
 * The whole evaluation as one file that needs no other and holds no script: the report of the pull request, then each
 * run with what each edit does, its memory by part, and the moments of a step.
 */
export function renderPage(evaluation: Evaluation, version: string): string {
  const asIs = (text: string) => cleanLine(text);
  const { sentence } = headlineOf(evaluation, { code: asIs, plain: asIs });
  const report = renderSummary(evaluation, { version }) ?? 'No training config changed.\n';
  const runs = worstFirst(evaluation)
    .slice(0, mostRuns)
    .flatMap((pair) => {
      const shown = pair.head ?? pair.base;
      if (shown === null) return [];
      return [
        `<section>\n<h2><code>${htmlText(pair.path, 300)}</code></h2>`,
        waterfalls(pair),
        runSection(shown),
        '</section>',
      ];
    })
    .filter((part) => part !== '');
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    // Whatever a config says: nothing of it runs or is fetched
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    `<title>${htmlText(sentence)}</title><style>${style}</style></head><body><main>`,
    htmlOf(report),
    ...runs,
    '</main></body></html>\n',
  ].join('\n');
}

/**
 * The report that GitHub shows, which escapes what others wrote: HTML in it is its own. Its one heading is the page's;
 * a header without a word is no header to a screen reader.
 */
function htmlOf(markdown: string): string {
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfmTable()],
    htmlExtensions: [gfmTableHtml()],
  });
  return body
    .replace('<h3>', '<h1>')
    .replace('</h3>', '</h1>')
    .replaceAll(/<th( align="\w+")?><\/th>/g, '<td$1></td>');
}
