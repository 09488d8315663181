import { formatGib } from '../units/bytes.ts';
import { formatGpuHours } from '../units/duration.ts';
import { formatUsd } from '../units/money.ts';
import { formatShare } from '../units/share.ts';
import { describeApprovers, shortList } from './approvers.ts';
import type { ApprovalState, Evaluation } from './evaluation.ts';
import { memoryShare } from './figures.ts';
import { blockingFindings, isApproved, openProblems } from './ranking.ts';
import { fullestRun, totalChange, totalsOf } from './totals.ts';

/** How an output writes what others wrote: as code, and as text. */
export interface Writing {
  readonly code: (text: string) => string;
  readonly plain: (text: string) => string;
}

/** The verdict in words: the state, what unblocks it and who, the worst numbers. */
export interface Headline {
  /** `fails, 2 errors`. */
  readonly state: string;
  /** What unblocks it, and by whom: `To unblock: fix the error below.`; null where nothing does. */
  readonly remedy: string | null;
  /** `Approved by alice.`; null where no approval was needed. */
  readonly approval: string | null;
  /** Most memory, and GPU-hours and cost of all configs; null where no config is left at the head. */
  readonly figures: string | null;
}

/** `noun` is what it takes: an approving review, or in the App any approval. */
export function headlineOf(evaluation: Evaluation, writing: Writing, noun = 'approving review'): Headline {
  return {
    state: stateOf(evaluation),
    remedy: remedyOf(evaluation, writing, noun),
    approval: approvalOf(evaluation, writing),
    figures: figuresLine(evaluation, writing),
  };
}

function stateOf(evaluation: Evaluation): string {
  if (evaluation.verdict === 'pass') return 'passes';
  if (evaluation.verdict === 'waiting') return `waiting for ${counted(missingApprovals(evaluation), 'approval')}`;
  const errors = errorCount(evaluation);
  return errors === 0 ? 'fails' : `fails, ${counted(errors, 'error')}`;
}

function remedyOf(evaluation: Evaluation, { code }: Writing, noun: string): string | null {
  const { verdict, approval } = evaluation;
  if (verdict === 'waiting') {
    const given = `${approval.needed - missingApprovals(evaluation)} of ${approval.needed}`;
    const more = strangersWords(approval.strangers);
    return `To unblock: ${openSlots(approval, noun, code)}. Given so far: ${given}; authors of the change do not count.${more}`;
  }
  if (verdict === 'fail') {
    const also = approval.open.length > 0 ? ` It then also needs ${openSlots(approval, noun, code)}.` : '';
    return `To unblock: fix ${errorCount(evaluation) === 1 ? 'the error' : 'the errors'} below.${also}`;
  }
  return null;
}

/** `1 approving review by alice`, or for each slot that is open: `1 approving review for infra by bob`. */
function openSlots({ open }: ApprovalState, noun: string, code: Writing['code']): string {
  return open
    .map(({ opening, missing }) => {
      const slot = opening.slot.name === null ? '' : ` for ${code(opening.slot.name)}`;
      return `${counted(missing, noun)}${slot} by ${describeApprovers(opening, code)}`;
    })
    .join('; and ');
}

function strangersWords(strangers: number): string {
  if (strangers === 0) return '';
  return ` That is ${strangers} more than the policy asks, since GitHub knows no account of ${counted(strangers, 'author')} of the change, who may be among the approvers.`;
}

function approvalOf(evaluation: Evaluation, { code }: Writing): string | null {
  if (!isApproved(evaluation)) return null;
  return `Approved by ${shortList(evaluation.approval.given.map(({ by }) => code(by)))}.`;
}

function figuresLine(evaluation: Evaluation, { code, plain }: Writing): string | null {
  const { configs } = totalsOf(evaluation, 'head');
  if (evaluation.pairs.length + evaluation.findings.length + evaluation.problems.length === 0) {
    return 'No training config changed.';
  }
  if (configs === 0) return null;
  const hours = plain(totalChange(evaluation, 'gpuHours', formatGpuHours));
  const cost = plain(totalChange(evaluation, 'costUsd', formatUsd));
  return `${fullest(evaluation, code)} ${configs === 1 ? 'Training' : 'Training, all configs'}: ${hours}, ${cost}.`;
}

function fullest(evaluation: Evaluation, code: Writing['code']): string {
  const run = fullestRun(evaluation);
  if (run?.estimate.memory == null) return 'Memory per GPU is unknown.';
  const share = memoryShare(run);
  const ofLimit =
    share === null || run.limit === null
      ? ''
      : `, ${formatShare(share)} of the usable ${formatGib(run.limit.usableBytes)}`;
  const unknown = totalsOf(evaluation, 'head').maxMemoryBytes?.unknownConfigs ?? 0;
  const but = unknown === 0 ? '' : `; unknown for ${counted(unknown, 'config')}`;
  return `Most memory per GPU: ${formatGib(run.estimate.memory.peakBytes)}${ofLimit} (${code(run.run.path)})${but}.`;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function missingApprovals({ approval }: Evaluation): number {
  return approval.open.reduce((sum, { missing }) => sum + missing, 0);
}

function errorCount(evaluation: Evaluation): number {
  return (
    blockingFindings(evaluation).filter(({ level }) => level === 'error').length +
    openProblems({ ...evaluation, pairs: [] }).length
  );
}
