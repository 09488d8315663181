import { counted } from '../../core/report/counted.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { headlineOf } from '../../core/report/headline.ts';
import { printJson } from '../../core/report/outputs/json/json.ts';
import { palette } from '../../core/report/outputs/text/terminal.ts';
import { wrap } from '../../core/report/outputs/text/table.ts';
import type { SourceFile } from '../../core/source-file.ts';
import { resolveCommit } from '../../workspace/git-commit.ts';
import { findGuards } from '../../workspace/guards.ts';
import { pastCommits, type PastCommit } from '../../workspace/past-commits.ts';
import { workingTree } from '../../workspace/working-tree.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { namedFile } from '../named-file.ts';
import { replayCommit, type Outcome, type Replayed } from '../replay-commit.ts';
import { repositoryFor } from '../repository.ts';
import type { Screen, Terminal } from '../terminal.ts';

export interface ReplayOptions {
  readonly last: string;
  readonly policy?: string;
  readonly json?: boolean;
}

const outcomes: readonly (readonly [Outcome, string])[] = [
  ['fail', 'would have failed'],
  ['waiting', 'would have waited for an approval'],
  ['warning', 'would have passed with a warning'],
  ['pass', 'would have passed'],
  ['silent', 'changed no run'],
];

/** The most commits that are judged in one go. */
const mostCommits = 10_000;

/**
 * `scalegate replay [BRANCH]`: what the pull requests of the past would have been told under the policy that lies in the
 * working tree, each commit against its first parent. The plan is that of its time.
 */
export async function replay(
  branch: string | undefined,
  options: ReplayOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const most = Number(options.last);
  if (!Number.isInteger(most) || most < 1 || most > mostCommits) {
    throw new Error(`--last: found ${options.last}, expected a number of commits from 1 to ${mostCommits}`);
  }
  const root = await repositoryFor('replay judges the commits of a git repository', terminal.directory);
  const policy = await policyOf(root, options.policy, terminal);
  const commits = await pastCommits(root, await resolveCommit(root, branch ?? 'HEAD'), most);
  const counts = new Map<Outcome, number>();
  const rules = new Map<string, number>();
  if (options.json !== true) printHeader(policy, commits, terminal.out);
  for (const past of commits) {
    const replayed = await replayCommit(root, past, policy, terminal.today);
    counts.set(replayed.outcome, (counts.get(replayed.outcome) ?? 0) + 1);
    for (const rule of rulesOf(replayed)) rules.set(rule, (rules.get(rule) ?? 0) + 1);
    if (options.json === true) terminal.out.print(printJson(asJson(replayed)));
    else printReplayed(replayed, terminal.out);
  }
  if (options.json !== true) printSummary(commits.length, counts, rules, terminal.out);
  return exitStatus.pass;
}

/** The policy as it lies on the disk, which may be a draft; null where there is none. */
async function policyOf(root: string, named: string | undefined, { directory }: Terminal): Promise<SourceFile | null> {
  if (named !== undefined) return namedFile('--policy', named, root, directory);
  return (await findGuards(workingTree(root))).policyFile;
}

/** What decided: the rules of its findings at the level of the outcome. */
function rulesOf({ outcome, evaluation: { findings } }: Replayed): ReadonlySet<string> {
  const level = { fail: 'error', waiting: 'approval', warning: 'warning', pass: null, silent: null }[outcome];
  return new Set(findings.flatMap((finding) => (finding.level === level ? [`${finding.rule} (${level})`] : [])));
}

function printHeader(policy: SourceFile | null, commits: readonly PastCommit[], out: Screen): void {
  const held = policy === null ? 'the policy of its time, as there is none here' : policy.path;
  out.print(
    palette(out.colour).faint(
      `The last ${counted(commits.length, 'commit')}, held against ${cleanLine(held)}, with the plan of its time`,
    ),
  );
}

function printReplayed({ past, outcome, evaluation }: Replayed, out: Screen): void {
  if (outcome === 'pass' || outcome === 'silent') return;
  const colours = palette(out.colour);
  const plain = (text: string): string => cleanLine(text, 200);
  const { titleInWords } = headlineOf(evaluation, { code: plain, plain });
  out.print(`\n${colours.strong(past.commit.slice(0, 7))}  ${past.date}  ${cleanLine(past.subject, 80)}`);
  for (const line of wrap(titleInWords, out.width - 2)) out.print(`  ${line}`);
}

function printSummary(
  all: number,
  counts: ReadonlyMap<Outcome, number>,
  rules: ReadonlyMap<string, number>,
  out: Screen,
): void {
  out.print('');
  for (const [outcome, words] of outcomes) {
    const count = counts.get(outcome) ?? 0;
    out.print(`${String(count).padStart(String(all).length)} ${words}`);
  }
  if (rules.size === 0) return;
  const named = [...rules].sort(([, one], [, other]) => other - one).map(([rule, count]) => `${rule} ${count}`);
  out.print('');
  for (const line of wrap(`What decided: ${named.join(', ')}.`, out.width)) out.print(line);
}

function asJson({ past, outcome, evaluation }: Replayed): object {
  return {
    schema_version: 1,
    ...past,
    outcome,
    verdict: evaluation.verdict,
    findings: evaluation.findings.map(({ rule, level, message, place }) => ({
      rule,
      level,
      path: place.path,
      message,
    })),
  };
}
