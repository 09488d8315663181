import type { EstimatedRun, Finding, RunPair } from '../policy/rule.ts';
import { formatGib } from '../units/bytes.ts';
import { formatGpuHours } from '../units/duration.ts';
import { formatUsd } from '../units/money.ts';
import { blocks } from './blocks.ts';
import { approvalSteps, approvedBy, missingApprovals } from './approval-steps.ts';
import { describeApprovers } from './approvers.ts';
import { counted } from './counted.ts';
import type { Evaluation } from './evaluation.ts';
import { fitChanges, fitFigures } from './fit-words.ts';
import { isApproved, openProblems } from './ranking.ts';
import { memoryDoubt } from './memory-doubt.ts';
import { memoryShare, peakOfLimit } from './figures.ts';
import { fileName, firstSentence, type Writing } from './title-words.ts';
import { totalChange, totalsOf } from './totals.ts';
import { whatWaits } from './why-it-waits.ts';

/** The answer in one line, and what follows from it. */
export interface Headline {
  /** A pass with a warning about memory is no plain pass. */
  readonly mark: 'pass' | 'warning' | 'waiting' | 'fail';
  /** `large.yaml needs 94.2 GiB, its GPU has 79.3 GiB · cost $10,300 → $34,600`. */
  readonly title: string;
  /** The same after the verdict in a word, for readers without the mark: `fails: large.yaml needs …`. */
  readonly titleInWords: string;
  /** The same as a sentence: `scalegate fails: large.yaml needs …`. */
  readonly sentence: string;
  /** Who can unblock it, or the smallest edit that does. */
  readonly nextSteps: readonly string[];
}

/** `noun` is what it takes: an approving review, or in the App any approval. */
export function headlineOf(evaluation: Evaluation, writing: Writing, noun = 'approving review'): Headline {
  const { verdict } = evaluation;
  const doubt = verdict === 'pass' ? memoryDoubtOf(evaluation, writing) : null;
  const money = moneyOf(evaluation, writing);
  const reason = reasonOf(evaluation, doubt, writing);
  const isToldAlready = money !== null && reason.includes(money.replace(/^cost /, ''));
  const alsoDoubted = verdict === 'waiting' ? doubtedRuns(evaluation, writing) : null;
  const parts = [reason, alsoDoubted, isToldAlready ? null : money, scopeOf(evaluation)];
  const title = parts.filter((part) => part !== null).join(' · ');
  const subject = verdict === 'waiting' ? 'scalegate is' : 'scalegate';
  const word = verdict === 'fail' ? 'fails' : verdict === 'pass' ? 'passes' : 'waiting';
  const titleInWords = title.startsWith(word) ? title : `${word}: ${title}`;
  if (verdict !== 'pass' && !blocks(evaluation)) return reported(titleInWords, evaluation, writing);
  return {
    mark: doubt === null ? verdict : 'warning',
    title,
    titleInWords,
    sentence: `${subject} ${titleInWords}`,
    nextSteps: [
      ...mendingSteps(evaluation, writing),
      ...smallestFit(evaluation, writing),
      ...approvalSteps(evaluation, writing, noun),
      ...(isApproved(evaluation) ? [approvedBy(evaluation, writing)] : []),
    ],
  };
}

/** Under a policy that enforces nothing: what would be, and that it blocks nothing. */
function reported(verdict: string, evaluation: Evaluation, writing: Writing): Headline {
  const { code } = writing;
  const title = `would ${verdict.replace(/^fails/, 'fail').replace(/^waiting/, 'wait')}`;
  const because = `${evaluation.policy.path === null ? '' : `${code(evaluation.policy.path)} says `}${code('enforce: false')}`;
  return {
    mark: 'warning',
    title,
    titleInWords: title,
    sentence: `scalegate blocks nothing, and ${title}`,
    nextSteps: [`Nothing is blocked: ${because}.`, ...smallestFit(evaluation, writing)],
  };
}

/** Of runs that generate answers on the way, only the training itself is counted. */
function scopeOf({ pairs }: Evaluation): string | null {
  return pairs.some(({ head }) => head?.run.training.rollouts === true) ? 'training step only' : null;
}

function reasonOf(evaluation: Evaluation, doubt: string | null, writing: Writing): string {
  switch (evaluation.verdict) {
    case 'fail':
      return whyItFails(evaluation, writing);
    case 'waiting':
      return `waiting for ${counted(missingApprovals(evaluation), 'approval')}${whatWaits(evaluation, writing)}`;
    case 'pass':
      return doubt ?? whatPasses(evaluation);
  }
}

/** Too little memory before all else, then what can't be read, then what the rules say. */
function whyItFails(evaluation: Evaluation, { code, plain }: Writing): string {
  const errors = evaluation.findings.filter(({ level }) => level === 'error');
  const over = evaluation.pairs.filter((pair) => isOver(pair) && errors.some((error) => isAboutMemory(error, pair)));
  const [first] = over;
  const runs = evaluation.pairs.filter(({ head }) => head !== null).length;
  if (first?.head?.estimate.memory != null && first.head.limit !== null) {
    if (over.length > 1) {
      const largest = Math.max(...over.map(({ head }) => head?.estimate.memory?.peakBytes ?? 0));
      return `${over.length.toLocaleString('en-US')} of ${counted(runs, 'run')} do not fit, the largest needs ${formatGib(largest)}`;
    }
    const { estimate, limit } = first.head;
    const needs = formatGib(estimate.memory?.peakBytes ?? 0);
    return `${code(fileName(first.path))} needs ${needs}, its GPU has ${formatGib(limit.usableBytes)}`;
  }
  const [problem] = openProblems(evaluation);
  const mistakes = counted(errors.length + openProblems(evaluation).length, 'error');
  const [error] = errors;
  if (error === undefined) {
    if (problem === undefined) return 'fails';
    const where = evaluation.problems.includes(problem) ? ' of the base' : '';
    return `${code(fileName(problem.place.path))}${where} has a mistake on line ${problem.place.line}`;
  }
  if (error.rule === 'unreadable-config') {
    const files = new Set(errors.filter(({ rule }) => rule === error.rule).map(({ place }) => place.path));
    if (files.size === 1 && error.cause.startsWith('named-file-gone'))
      return `${code(fileName(error.place.path))} is gone, and other files still name it`;
    return files.size === 1
      ? `${code(fileName(error.place.path))} can't be read, line ${error.place.line}`
      : `${files.size} configs can't be read`;
  }
  return errors.length === 1 ? firstSentence(error.message, { code, plain }) : mistakes;
}

function whatPasses(evaluation: Evaluation): string {
  const runs = evaluation.pairs.flatMap(({ head }) => head ?? []);
  const known = runs.filter((run) => run.estimate.memory !== null && run.limit !== null);
  const [only] = known;
  if (evaluation.pairs.length + evaluation.findings.length === 0) return 'no training config changed';
  if (runs.length === 0) return 'passes';
  if (only === undefined) return 'passes, memory unknown';
  if (runs.length === 1) {
    return `fits, ${peakOfLimit(only) ?? ''}${hostMemory(only)}`;
  }
  if (known.length === runs.length) return runs.length === 2 ? 'both runs fit' : `all ${runs.length} runs fit`;
  return `${known.length} of ${runs.length} runs fit, memory of the others is unknown`;
}

/** What is moved to CPU memory has to fit there. */
function hostMemory({ run, estimate: { host } }: EstimatedRun): string {
  if (run.parallelism.cpuOffload === 'none' || host == null) return '';
  return `, with at least ${formatGib(host.lowBytes)} of CPU memory per machine`;
}

/** Cost before and after; GPU-hours where no price is known, nothing where neither is. */
function moneyOf(evaluation: Evaluation, { plain }: Writing): string | null {
  const totals = totalsOf(evaluation, 'head');
  if (totals.configs === 0) return null;
  if (totals.costUsd.known > 0) {
    const cost = totalChange(evaluation, 'costUsd', formatUsd);
    return `${totals.configs > 1 ? 'total' : 'cost'} ${plain(cost)}`;
  }
  return totals.gpuHours.known > 0 ? plain(totalChange(evaluation, 'gpuHours', formatGpuHours)) : null;
}

function smallestFit({ fits }: Evaluation, { code }: Writing): string[] {
  const [answer] = fits.filter((each) => each.fits.length > 0);
  const [fit] = answer?.fits ?? [];
  if (answer === undefined || fit === undefined) return [];
  const where = fits.length > 1 ? ` of ${code(fileName(answer.path))}` : '';
  const lines = fit.lines.map(({ line }) => line);
  const place = lines.length === 0 ? '' : ` on line ${lines.slice(0, 3).join(' and ')}`;
  return [`Smallest change${where} that fits: ${fitChanges(fit, code)}${place}: ${fitFigures(fit)}.`];
}

/** A plan or policy of the base that is broken is for those to mend who approve its changes, and not for this author. */
function mendingSteps({ problems, pairs, policy }: Evaluation, { code }: Writing): string[] {
  if (problems.length === 0 || pairs.length === 0) return [];
  const files = [...new Set(problems.map(({ place }) => place.path))];
  const lints = files.map((path) => code(`scalegate ${path === policy.path ? 'policy' : 'plan'} lint ${path}`));
  const approvers = policy.approvers.map((slot) =>
    describeApprovers({ slot, needed: slot.count, files: null, owners: null }, code),
  );
  const names = files.map((path) => code(path)).join(' and ');
  const isOne = files.length === 1;
  return [
    `Broken on the base branch: ${names}. Until ${isOne ? 'it is' : 'they are'} mended, every pull request that changes ` +
      `a config fails. Mend ${isOne ? 'it' : 'them'} in a pull request of its own, which ` +
      `${[...new Set(approvers)].join(' and ')} can approve; ${lints.join(' and ')} ${isOne ? 'shows' : 'show'} the mistakes.`,
  ];
}

/** What was over at the base and is no worse passes, and does not fit for that. */
function stillOver(pairs: readonly RunPair[], code: Writing['code']): string | null {
  const [first] = pairs.filter(isOver);
  const needs = first?.head == null ? null : peakOfLimit(first.head);
  if (first === undefined || needs === null) return null;
  return `${code(fileName(first.path))} still needs ${needs}, no more than before`;
}

/** Runs with a warning about memory. */
function runsInDoubt({ findings, pairs }: Evaluation): readonly EstimatedRun[] {
  const doubted = findings.filter(({ rule, level }) => rule === 'memory-limit' && level === 'warning');
  return pairs.flatMap((pair) => (doubted.some((finding) => isAboutMemory(finding, pair)) ? (pair.head ?? []) : []));
}

/** What waits for something else and may not fit either: `sft.yaml may not fit`. */
function doubtedRuns(evaluation: Evaluation, { code }: Writing): string | null {
  const [first, ...others] = runsInDoubt(evaluation);
  if (first === undefined) return null;
  const more = others.length === 0 ? '' : ` and ${others.length.toLocaleString('en-US')} more`;
  return `${code(fileName(first.run.path))}${more} may not fit`;
}

/** A pass with a warning about memory says it in the title, of the first run that has one. */
function memoryDoubtOf(evaluation: Evaluation, { code }: Writing): string | null {
  const { pairs } = evaluation;
  const runs = runsInDoubt(evaluation);
  const [first] = runs;
  if (first === undefined) return stillOver(pairs, code);
  return memoryDoubt(first, code(fileName(first.run.path)), runs.length - 1);
}

function isOver({ head }: RunPair): boolean {
  return head !== null && (memoryShare(head) ?? 0) > 1;
}

function isAboutMemory({ rule, path }: Finding, pair: RunPair): boolean {
  return rule === 'memory-limit' && path === pair.path;
}
