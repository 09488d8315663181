import type { FitAnswer } from '../../../fit/fit.ts';
import type { Finding, RunPair } from '../../../policy/rule.ts';
import { dependentsOf } from '../../dependents.ts';
import { inlineCode } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { counted } from '../../headline.ts';
import { blockingFindings, isApproved, openProblems, otherFindings, worstFirst } from '../../ranking.ts';
import { approvalList, howToApprove } from './approval-list.ts';
import { breakdown } from './breakdown.ts';
import { configRow, limitNote, tableHead, totalRow } from './config-table.ts';
import { findingItem, problemItem } from './finding-list.ts';
import { block, type Section } from './fit.ts';
import { fitList } from './fit-list.ts';
import { footer, reproduction, verdictBlock } from './frame.ts';

/** More open list items than this nobody reads before the table. */
const most = 10;

export interface SectionOptions {
  readonly shown: number;
  readonly version: string | undefined;
  /** With the App: the code that approves what waits; null without it. */
  readonly approve: { readonly code: string | null } | null;
}

/**
 * The report in reading order, each section with its rank: what decides comes first and goes last. The first `shown`
 * configs stand in the open table and are broken down. What blocks is never folded.
 */
export function sectionsOf(evaluation: Evaluation, { shown, version, approve }: SectionOptions): Section[] {
  const pairs = worstFirst(evaluation);
  const approved = isApproved(evaluation);
  return [
    block(0, verdictBlock(evaluation, approve !== null)),
    block(0, howToApprove(evaluation.approval, approve?.code ?? null) ?? ''),
    openList(1, 'blocking finding', blockingFindings(evaluation), (finding) => findingItem(finding, approved)),
    openList(1, 'problem', openProblems(evaluation), problemItem),
    dependents(2, pairs),
    openTable(2, pairs, shown, evaluation),
    fits(4, evaluation.fits),
    foldedFindings(4, otherFindings(evaluation)),
    block(3, approvalList(evaluation.approval, approve !== null) ?? ''),
    breakdowns(6, pairs.slice(0, shown)),
    foldedTable(7, pairs.slice(shown)),
    block(5, reproduction),
    block(0, footer(version)),
  ];
}

function openList<Item>(rank: number, noun: string, items: readonly Item[], print: (item: Item) => string): Section {
  const open = items.slice(0, most);
  return {
    rank,
    opening: '',
    items: open.map((item) => () => print(item)),
    closing: (left) => `${more(left + items.length - open.length, noun, '- ')}\n`,
  };
}

/** Which changed file changes which configs that the pull request leaves as they are. */
function dependents(rank: number, pairs: readonly RunPair[]): Section {
  const lines = dependentsOf(pairs, (path) => inlineCode(path, 120));
  return {
    rank,
    opening: '',
    items: lines.map((line) => () => `${line}\n\n`),
    closing: (left) => (left === 0 ? '' : `${more(left, 'changed file')}\n`),
  };
}

function openTable(rank: number, pairs: readonly RunPair[], shown: number, evaluation: Evaluation): Section {
  const open = pairs.slice(0, shown);
  const total = pairs.length > 1 ? totalRow(evaluation) : '';
  const note = limitNote(open);
  return {
    rank,
    opening: tableHead,
    items: open.map((pair) => () => configRow(pair)),
    closing: (left) =>
      [
        total,
        '\n',
        more(left + pairs.length - open.length, 'config'),
        note === null ? '' : `\n<sub>${note}</sub>\n`,
        '\n',
      ].join(''),
  };
}

function foldedFindings(rank: number, findings: readonly Finding[]): Section {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const counts = (['warning', 'notice'] as const)
    .map((level) => [findings.filter((finding) => finding.level === level).length, level] as const)
    .filter(([count]) => count > 0)
    .map(([count, level]) => counted(count, level));
  return {
    rank,
    opening: `<details>\n<summary>${counts.join(', ')}: ${rules.join(', ')}</summary>\n\n`,
    items: findings.map((finding) => () => findingItem(finding, false)),
    closing: (left) => `${more(left, 'finding', '- ')}\n</details>\n\n`,
  };
}

function fits(rank: number, answers: readonly FitAnswer[]): Section {
  return { rank, opening: '', items: answers.map((answer) => () => fitList(answer)), closing: () => '' };
}

function breakdowns(rank: number, pairs: readonly RunPair[]): Section {
  return {
    rank,
    opening: '',
    items: pairs.map((pair) => () => breakdown(pair)),
    closing: () => '',
  };
}

function foldedTable(rank: number, pairs: readonly RunPair[]): Section {
  return {
    rank,
    opening: `<details>\n<summary>${counted(pairs.length, 'more config')}</summary>\n\n${tableHead}`,
    items: pairs.map((pair) => () => configRow(pair)),
    closing: (left) => `\n${more(left, 'config')}\n</details>\n\n`,
  };
}

function more(left: number, noun: string, bullet = ''): string {
  return left === 0 ? '' : `${bullet}and ${counted(left, `more ${noun}`)}\n`;
}
