import type { FitAnswer } from '../../../fit/fit.ts';
import type { RunPair } from '../../../policy/rule.ts';
import { dependentsOf } from '../../dependents.ts';
import { inlineCode } from '../../escape.ts';
import type { Evaluation } from '../../evaluation.ts';
import { findingGroups, type FindingGroup } from '../../finding-groups.ts';
import { counted } from '../../counted.ts';
import { isApproved, openProblems, worstFirst } from '../../ranking.ts';
import { approvalList, howToApprove } from './approval-list.ts';
import { breakdown } from './breakdown.ts';
import { changedKeyTable } from './changed-keys.ts';
import { findingItem, problemItem } from './finding-list.ts';
import { block, type Section } from './fit.ts';
import { fitList } from './fit-list.ts';
import { footer, verdictBlock } from './frame.ts';
import { foldedPlanStatus } from './plan-status.ts';
import { runTable } from './run-table.ts';
import { byOutcome, groupRow, groupsOf, tableHead, totalRow, type RunGroup } from './runs-table.ts';

/** More list items than this nobody reads. */
const most = 10;
const fewBreakdowns = 3;

export interface SectionOptions {
  readonly shown: number;
  readonly version: string | undefined;
  /** With the App: the code that approves what waits; null without it. */
  readonly approve: { readonly code: string | null } | null;
}

/**
 * The report in reading order, each section with its rank: what decides comes first and goes last. The first `shown`
 * rows stand in the open table, and as many configs are broken down. What blocks is never folded.
 */
export function sectionsOf(evaluation: Evaluation, { shown, version, approve }: SectionOptions): Section[] {
  const pairs = worstFirst(evaluation);
  const approved = isApproved(evaluation);
  const runs = groupsOf(pairs);
  const groups = findingGroups(evaluation.findings);
  const open = groups.filter(({ finding }) => finding.level !== 'notice');
  const notices = groups.filter(({ finding }) => finding.level === 'notice');
  return [
    block(0, verdictBlock(evaluation, approve !== null)),
    block(0, howToApprove(evaluation.approval, approve?.code ?? null) ?? ''),
    openList(1, 'mistake', openProblems(evaluation), problemItem),
    changedKeyTable(2, evaluation),
    dependents(2, pairs),
    ...figures(2, pairs, runs, shown, evaluation),
    openList(1, 'finding', open, (group) => findingItem(group, approved, hasWayOut(evaluation, group))),
    foldedNotices(4, notices),
    otherFits(4, evaluation.fits),
    block(5, foldedPlanStatus(evaluation)),
    block(3, approvalList(evaluation.approval, approve !== null) ?? ''),
    // Of a sweep the first few say where the memory is
    breakdowns(6, runs, runs.length > shown ? fewBreakdowns : shown),
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

/**
 * One config has a column for base, head and plan each; of several each has a row. Of more than `shown` the open table
 * has a row for each outcome, and the configs are folded.
 */
function figures(
  rank: number,
  pairs: readonly RunPair[],
  groups: readonly RunGroup[],
  shown: number,
  evaluation: Evaluation,
): Section[] {
  const [only] = pairs;
  if (only === undefined) return [];
  if (pairs.length === 1) return [block(rank, runTable(only))];
  const isMany = groups.length > shown;
  const open = isMany ? byOutcome(pairs) : groups;
  const folded = isMany ? groups : [];
  return [
    {
      rank,
      opening: tableHead,
      items: open.map((group) => () => groupRow(group)),
      closing: (cut) => `${totalRow(evaluation)}\n${left(open, cut)}`,
    },
    {
      rank: 7,
      opening: `<details>\n<summary>All ${counted(pairs.length, 'config')}</summary>\n\n${tableHead}`,
      items: folded.map((group) => () => groupRow(group)),
      closing: (cut) => `\n${left(folded, cut)}</details>\n\n`,
    },
  ];
}

function left(groups: readonly RunGroup[], cut: number): string {
  const configs = sizeOf(groups.slice(groups.length - cut));
  return configs === 0 ? '' : `${more(configs, 'config')}\n`;
}

function sizeOf(groups: readonly RunGroup[]): number {
  return groups.reduce((sum, { pairs }) => sum + pairs.length, 0);
}

/** Configs with equal figures have their memory in equal parts: the first of them stands for all. */
function breakdowns(rank: number, groups: readonly RunGroup[], shown: number): Section {
  const some = groups.slice(0, shown);
  return { rank, opening: '', items: some.map((group) => () => breakdown(group.pairs[0])), closing: () => '' };
}

/** The smallest edit that makes it fit stands above: the rule's general advice says less. */
function hasWayOut({ fits }: Evaluation, { finding }: FindingGroup): boolean {
  return (
    finding.rule === 'memory-limit' && fits.some((answer) => answer.path === finding.path && answer.fits.length > 0)
  );
}

function foldedNotices(rank: number, groups: readonly FindingGroup[]): Section {
  return {
    rank,
    opening: `<details>\n<summary>${counted(groups.length, 'notice')}</summary>\n\n`,
    items: groups.map((group) => () => findingItem(group, false, false)),
    closing: (left) => `${more(left, 'notice', '- ')}\n</details>\n\n`,
  };
}

function otherFits(rank: number, answers: readonly FitAnswer[]): Section {
  return { rank, opening: '', items: answers.map((answer) => () => fitList(answer)), closing: () => '' };
}

function more(left: number, noun: string, bullet = ''): string {
  return left === 0 ? '' : `${bullet}and ${counted(left, `more ${noun}`)}\n`;
}
