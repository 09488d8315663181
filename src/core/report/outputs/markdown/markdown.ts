import { cleanLine } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { isWorthAComment } from '../../worth-a-comment.ts';
import type { Output } from '../../output.ts';
import { headlineOf } from '../../headline.ts';
import { block, fit } from './fit.ts';
import { sectionsOf } from './sections.ts';
import { utf8Length } from './utf8-length.ts';

/** How the first line of every comment of scalegate begins, whichever job writes it. */
export const commentMarkerStart = '<!-- scalegate:comment';

/** First line of the comment: by it and by its author the comment is found again. Each `id` has a comment of its own. */
export function commentMarkerOf(id: string | null): string {
  const name = (id ?? '')
    .replace(/[^\w./-]/g, '')
    .replaceAll('--', '-')
    .slice(0, 100);
  return `${commentMarkerStart}${name === '' ? '' : ` ${name}`} -->`;
}

/** That of the App, and of an Action without an id. */
export const commentMarker = commentMarkerOf(null);

/** How much text there may be, and the version of scalegate that signs it. */
export interface MarkdownOptions {
  readonly budget?: number;
  readonly version?: string;
  /** Tells the comment from those of other jobs in the same repository; null for the only one. */
  readonly id?: string | null;
  /** With the App: the code that approves what waits, null where nothing does. Left out, the report asks for reviews. */
  readonly approve?: { readonly code: string | null };
}

/**
 * The pull request comment, or null where nothing is worth one. It keeps below GitHub's limit of 65,536
 * characters however many configs change: whole items and sections go, the least important first, and are counted.
 */
export function renderComment(evaluation: Evaluation, options: MarkdownOptions = {}): string | null {
  if (!isWorthAComment(evaluation)) return null;
  const { budget = 60_000, version, id = null, approve = null } = options;
  const sections = [block(0, `${commentMarkerOf(id)}\n`), ...sectionsOf(evaluation, { shown: 10, version, approve })];
  // A string never has fewer UTF-16 code units than code points: whichever GitHub counts, this is the larger
  return fit(sections, { size: budget, measure: (text) => text.length });
}

/** The comment as the pull request would show it. */
export const markdown: Output = {
  name: 'markdown',
  reader: 'tool',
  render: (evaluation, { version }) => renderComment(evaluation, { version }),
};

/** The job summary: the comment's content with room for more configs; budget in bytes. GitHub takes 1 MiB a step. */
export function renderSummary(evaluation: Evaluation, options: MarkdownOptions = {}): string | null {
  if (isSilent(evaluation)) return null;
  const { budget = 900 * 1024, version, approve = null } = options;
  return fit(sectionsOf(evaluation, { shown: 50, version, approve }), { size: budget, measure: utf8Length });
}

/** What the App's check run says. It is never silent, since a required check must say something. */
export function renderCheck(
  evaluation: Evaluation,
  options: MarkdownOptions = {},
): { readonly title: string; readonly summary: string } {
  if (isSilent(evaluation)) return { title: 'No training config changed', summary: nothingChanged };
  const { budget = 60_000, version, approve = null } = options;
  const asIs = (text: string): string => cleanLine(text);
  const { titleInWords } = headlineOf(evaluation, { code: asIs, plain: asIs });
  const summary = fit(sectionsOf(evaluation, { shown: 10, version, approve }), {
    size: budget,
    measure: (text) => text.length,
  });
  return { title: titleInWords.charAt(0).toUpperCase() + titleInWords.slice(1), summary };
}

const nothingChanged = 'This change touches no training config, and neither the plan nor the policy.\n';

function isSilent({ pairs, findings, problems }: Evaluation): boolean {
  return pairs.length + findings.length + problems.length === 0;
}
