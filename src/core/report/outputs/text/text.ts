import type { Finding } from '../../../policy/rule.ts';
import { printProblem, type Problem } from '../../../problem.ts';
import { cleanLine } from '../../escape.ts';
import { configElsewhere, dependentsOf } from '../../dependents.ts';
import type { Evaluation } from '../../evaluation.ts';
import { headlineOf } from '../../headline.ts';
import type { Output } from '../../output.ts';
import { isApproved, openProblems, worstFirst } from '../../ranking.ts';
import { rulePage } from '../../rule-page.ts';
import { wrap } from './table.ts';
import { changedKeyLines } from './changed-key-lines.ts';
import { configLines } from './config-table.ts';
import { palette, type Palette, type TextOptions } from './terminal.ts';

export { renderEstimateText } from './estimate-text.ts';
export { renderExplanation } from './explain-text.ts';
export { renderFitText } from './fit-text.ts';

/** A pull request for people at a terminal: verdict, findings, problems, the table of configs. */
export function renderText(evaluation: Evaluation, { colour, width }: TextOptions): string {
  const paint = palette(colour);
  const blocks = [
    verdictLines(evaluation, paint, width),
    changedKeyLines(evaluation, paint, width),
    ...findingBlocks(evaluation, paint, width),
    openProblems(evaluation).map((problem) => problemLine(problem, paint)),
    dependentsOf(worstFirst(evaluation), (path) => cleanLine(path, 120)).flatMap((line) => wrap(line, width)),
    configLines(worstFirst(evaluation), paint, width),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

export const text: Output = { name: 'text', reader: 'person', render: renderText };

/** One problem on one line, as editors and terminals make it clickable. */
export function renderProblem(problem: Problem, { colour }: Pick<TextOptions, 'colour'>): string {
  return problemLine(problem, palette(colour));
}

function verdictLines(evaluation: Evaluation, paint: Palette, width: number): string[] {
  const asIs = (text: string) => cleanLine(text);
  const { sentence, nextSteps } = headlineOf(evaluation, { code: asIs, plain: asIs });
  const color = { pass: paint.good, waiting: paint.waiting, fail: paint.error }[evaluation.verdict];
  return [
    ...wrap(sentence, width).map((line) => paint.strong(color(line))),
    ...nextSteps.flatMap((line) => wrap(line, width)),
  ];
}

/** Each finding as a block; the page of a rule is named where the rule comes first. */
function findingBlocks(evaluation: Evaluation, paint: Palette, width: number): string[][] {
  const approved = isApproved(evaluation);
  const named = new Set<string>();
  return evaluation.findings.map((finding) => {
    const lines = findingLines(finding, approved, paint, width);
    if (named.has(finding.rule)) return lines;
    named.add(finding.rule);
    return [...lines, `  ${paint.faint(rulePage(finding.rule))}`];
  });
}

function findingLines(finding: Finding, approved: boolean, paint: Palette, width: number): string[] {
  const { rule, level, place, message, action } = finding;
  const config = configElsewhere(finding);
  const settled = approved && level === 'approval';
  const words = { error: 'error', approval: 'needs approval', warning: 'warning', notice: 'notice' } as const;
  const colors = { error: paint.error, approval: paint.waiting, warning: paint.waiting, notice: paint.faint };
  const line = cleanLine(`${place.path}:${place.line}:${place.column}`, 300);
  const where = config === null ? line : `${line} of ${cleanLine(config, 300)}`;
  const text = wrap(cleanLine(settled ? message : `${message} ${action}`.trim(), 1200), width - 2);
  return [
    `${settled ? paint.good('approved') : colors[level](words[level])} ${paint.strong(cleanLine(rule))}  ${where}`,
    ...text.map((line) => `  ${line}`),
  ];
}

function problemLine({ code, place, key, message, hint }: Problem, paint: Palette): string {
  const clean = (text: string | null) => (text === null ? null : cleanLine(text, 600));
  const shown = {
    code,
    place: { ...place, path: cleanLine(place.path, 300) },
    key: clean(key),
    message: cleanLine(message, 600),
    hint: clean(hint),
  };
  return `${paint.error('error')}  ${printProblem(shown)}`;
}
