import { isConfigPath } from '../core/policy/globs.ts';
import { blocks } from '../core/report/blocks.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import { withApprovals } from '../core/check.ts';
import { emptyLedger } from '../core/policy/approvals/ledger.ts';
import { evaluateHere, type Evaluate } from '../workspace/evaluate.ts';
import type { GuardFiles } from '../workspace/guards.ts';
import { answerCommands } from './comments/answer-commands.ts';
import { recall, type AppMemory } from './approvals/app-memory.ts';
import { readApprovals, ledgerAfter, readContributors, withFallen, type ReadApprovals } from './approvals/approvals.ts';
import { readBase, withDefault } from './reading/basis.ts';
import { listChanges, type Changes } from './reading/changed-files.ts';
import type { GitHubClient, Repositories, RepositoryName } from './http/client.ts';
import { compareCommits, touchedPaths } from './reading/comparison.ts';
import { createContents, type Contents } from './reading/contents.ts';
import { conversationOf } from './comments/conversation.ts';
import type { AppRecords, EvaluatedPullRequest } from './evaluated.ts';
import { sealScope } from './approvals/fingerprint.ts';
import type { KnownBlobs } from './reading/known-blobs.ts';
import type { Branch, PullRequest, PullRequestNow } from './reading/pull-request.ts';
import { readTestMerge } from './reading/test-merge.ts';

/** What a host knows that neither the pull request nor its repository says. */
export interface EvaluationOptions {
  /** Where the policy is, instead of where it is looked for. */
  readonly policyPath: string | null;
  /** The day (`2026-11-23`) by which old prices say so. */
  readonly today: string;
  /** Where it is not to be done in the thread of the host. */
  readonly evaluate?: Evaluate;
  /** Contents of files that are known already. */
  readonly blobs?: KnownBlobs;
}

/** One way to look at what a pull request changes. It passes only if it passes in all of them. */
interface View {
  /** Why this is looked at beside the change itself, as a sentence for its report; null for the change itself. */
  readonly because: string | null;
  readonly evaluation: Evaluation;
  readonly base: Branch;
  readonly basis: string;
  readonly guards: GuardFiles;
}

/** A view with its approvals counted. */
interface CountedView extends View {
  readonly counted: Evaluation;
  readonly read: ReadApprovals | null;
  readonly memory: AppMemory | null;
}

/**
 * Evaluates a pull request at its head; policy and plan are those of its base branch as it stands now. Approvals are its
 * reviews, and with the App's records also commands and clicks.
 *
 * A check belongs to a commit, whichever branch that is to be merged into, so that it has to pass into the default branch
 * too. Where the base has changed configs since the branch left it, what both come to has to pass as well. The report is
 * that of the worst.
 */
export async function evaluatePullRequest(
  client: GitHubClient,
  repository: RepositoryName,
  pullRequest: PullRequestNow,
  options: EvaluationOptions,
  records: AppRecords | null = null,
): Promise<EvaluatedPullRequest> {
  const { baseRef, baseSha, defaultBranch, headSha, number } = pullRequest;
  if (baseSha === null) throw new Error(`the base branch ${baseRef} is gone`);
  const repositories = whereToLook(repository, pullRequest);
  const reading = { client, repositories, contents: createContents(client, repositories, options.blobs), options };
  const own = { name: baseRef, sha: baseSha };
  const isOther = defaultBranch !== null && defaultBranch.name !== baseRef;
  const [ofOwn, ofDefault] = await Promise.all([
    viewsInto(reading, own, pullRequest, true),
    isOther ? viewsInto(reading, defaultBranch, pullRequest, false) : [],
  ]);
  const views = [...ofOwn, ...ofDefault];

  const conversation = records === null ? null : conversationOf(pullRequest.comments);
  const waits = views.some(({ evaluation }) => evaluation.scope.items.length > 0);
  const contributors = waits
    ? await readContributors(client, repository, pullRequest, records?.ledger.pushes)
    : { logins: [], unlinked: [], complete: true };
  const count = async (view: View): Promise<CountedView> => {
    const { evaluation } = view;
    const { scope } = evaluation;
    const memory = records === null || conversation === null ? null : recall(records, conversation, number, scope);
    if (scope.items.length === 0) return { ...view, counted: evaluation, read: null, memory };
    const code = memory?.codeOf(scope);
    const before = records?.ledger.shown.find((shown) => shown.code === code)?.contributors ?? [];
    const took = { ...contributors, logins: [...new Set([...contributors.logins, ...before])] };
    const scopeAt = async (commit: string) => (commit === headSha ? scope : scopeOf(reading, view, commit));
    const read = await readApprovals(client, repository, pullRequest, took, evaluation.requirements, scopeAt, memory);
    return {
      ...view,
      counted: withApprovals(evaluation, read),
      read,
      memory,
    };
  };
  const shown = worst(await Promise.all(views.map(count)));
  const { because, counted, read, memory } = shown;
  const ofBase = { baseSha, headSha, basis: withDefault(ofOwn[0]?.basis ?? '', ofDefault[0]?.basis ?? null), because };
  if (memory === null || conversation === null) {
    return { ...ofBase, evaluation: counted, code: null, ledger: emptyLedger, commands: [], replies: [] };
  }

  const { scope, policy } = shown.evaluation;
  const code = scope.items.length === 0 ? null : memory.codeOf(scope);
  const nowShown =
    code === null ? [] : [{ code, commit: headSha, scope, contributors: read?.contributors.logins ?? [] }];
  const ledger = ledgerAfter(memory, shown.evaluation, read, {
    shown: nowShown,
    edits: conversation.edits,
  });
  return {
    ...ofBase,
    evaluation: withFallen(counted, ledger),
    code,
    ledger,
    commands: await answerCommands(client, repository, pullRequest, policy, conversation, ledger),
    replies: conversation.replies,
  };
}

/** The first of those that are worst. */
function worst(views: readonly CountedView[]): CountedView {
  const [first, ...others] = views;
  if (first === undefined) throw new Error('a pull request was looked at in no way');
  return others.reduce((one, other) => (severityOf(other.counted) > severityOf(one.counted) ? other : one), first);
}

/** What blocks is worse than all that a policy only reports: a branch of which that is true must not speak for another. */
function severityOf(evaluation: Evaluation): number {
  return severity[evaluation.verdict] + (blocks(evaluation) ? severity.fail : 0);
}

const severity = { pass: 0, waiting: 1, fail: 2 } as const;

/** Where things are read, and how they are evaluated. */
interface Reading {
  readonly client: GitHubClient;
  readonly repositories: Repositories;
  readonly contents: Contents;
  readonly options: EvaluationOptions;
}

/** What a pull request would do to a branch. */
async function viewsInto(
  reading: Reading,
  base: Branch,
  pullRequest: PullRequestNow,
  isOwn: boolean,
): Promise<readonly View[]> {
  const { client, contents, options, repositories } = reading;
  const { headSha, number } = pullRequest;
  const range = { base: base.sha, head: headSha, pullRequest: isOwn ? number : null };
  const [changes, { basis, guards }] = await Promise.all([
    listChanges(client, repositories, range),
    readBase(contents.at(base.sha), base.name, options.policyPath),
  ]);
  const view = { because: isOwn ? null : intoDefault(base.name), base, basis, guards };
  const evaluation = await evaluateChanges(reading, changes, headSha, guards, base.name);
  const own = { ...view, evaluation };
  if (!isOwn || !(await touchesSameConfigs(reading, changes, base, headSha, guards))) return [own];
  const merge = await readTestMerge(client, repositories[0], number, headSha);
  if (merge === null) return [own];
  const merged = await evaluateChanges(reading, changes, merge, guards, base.name);
  return [own, { ...view, because: whenMerged(base.name), evaluation: merged }];
}

/** Whether both the branch and its base have changed a config since they parted. */
async function touchesSameConfigs(
  { client, repositories }: Reading,
  { behindBy, files }: Changes,
  base: Branch,
  headSha: string,
  { policy }: GuardFiles,
): Promise<boolean> {
  const own = new Set(touchedPaths(files).filter((path) => isConfigPath(path, policy)));
  if (behindBy === 0 || own.size === 0) return false;
  const ofBase = (await compareCommits(client, repositories[0], headSha, base.sha)).files;
  return ofBase === null || touchedPaths(ofBase).some((path) => own.has(path));
}

function intoDefault(branch: string): string {
  return `Held against ${branch}, the default branch: a check belongs to a commit, and this one could be merged there as well.`;
}

function whenMerged(branch: string): string {
  return `Held against what this comes to together with what ${branch} has changed since. Update the branch to see its own part alone.`;
}

/** What waited at an older commit of the pull request. */
async function scopeOf(reading: Reading, { base, guards }: View, commit: string) {
  const range = { base: base.sha, head: commit, pullRequest: null };
  const changes = await listChanges(reading.client, reading.repositories, range);
  return (await evaluateChanges(reading, changes, commit, guards, base.name)).scope;
}

/** Evaluates what a head (SHA) adds to a base (SHA), under a policy and a plan that are already known. */
export async function evaluateRange(
  reading: Reading,
  range: { readonly base: string; readonly head: string },
  guards: GuardFiles,
  baseRef: string,
): Promise<Evaluation> {
  const changes = await listChanges(reading.client, reading.repositories, { ...range, pullRequest: null });
  return evaluateChanges(reading, changes, range.head, guards, baseRef);
}

/** The repository, and the fork that the pull request is from. */
export function whereToLook(repository: RepositoryName, { headRepository }: PullRequest): Repositories {
  const isFork = headRepository !== null && fullName(headRepository) !== fullName(repository);
  return isFork ? [repository, headRepository] : [repository];
}

function fullName({ owner, repo }: RepositoryName): string {
  return `${owner}/${repo}`.toLowerCase();
}

async function evaluateChanges(
  { contents, options: { evaluate = evaluateHere, today } }: Reading,
  { mergeBase, files }: Changes,
  headSha: string,
  guards: GuardFiles,
  baseRef: string,
): Promise<Evaluation> {
  const changedFiles = files.map(({ path, previousPath, status }) => ({ path, previousPath, status }));
  const sources = { base: contents.at(mergeBase), head: contents.at(headSha), changedFiles, guards };
  const evaluation = await evaluate(sources, today);
  return { ...evaluation, scope: sealScope(evaluation.scope, baseRef) };
}
