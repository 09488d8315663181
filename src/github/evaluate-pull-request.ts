import type { Evaluation } from '../core/report/evaluation.ts';
import { evaluateHere, type Evaluate } from '../workspace/evaluate.ts';
import type { GuardFiles } from '../workspace/guards.ts';
import { emptyLedger } from '../core/policy/ledger.ts';
import { answerCommands } from './answer-commands.ts';
import { recall } from './app-memory.ts';
import { holdElection, ledgerAfter, withElection, withFallen } from './approvals.ts';
import { readBase } from './basis.ts';
import { listChanges, type Changes, type Range } from './changed-files.ts';
import type { GitHubClient, Repositories, RepositoryName } from './client.ts';
import { readOwners } from './code-owners.ts';
import { createContents, type Contents } from './contents.ts';
import { readConversation } from './conversation.ts';
import type { AppRecords, EvaluatedPullRequest } from './evaluated.ts';
import { sealScope } from './fingerprint.ts';
import type { PullRequest } from './pull-request.ts';

/** What a host knows that neither the pull request nor its repository says. */
export interface EvaluationOptions {
  /** Where the policy is, instead of where it is looked for. */
  readonly policyPath: string | null;
  /** The day (`2026-11-23`) by which old prices say so. */
  readonly today: string;
  /** Where it is not to be done in the thread of the host. */
  readonly evaluate?: Evaluate;
}

/**
 * Evaluates a pull request at its head; policy and plan are those of its base branch as it stands now. Approvals are its
 * reviews, and with the App's records also commands and clicks.
 */
export async function evaluatePullRequest(
  client: GitHubClient,
  repository: RepositoryName,
  pullRequest: PullRequest,
  options: EvaluationOptions,
  records: AppRecords | null = null,
): Promise<EvaluatedPullRequest> {
  const { number, baseRef, headSha } = pullRequest;
  const repositories = whereToLook(repository, pullRequest);
  const contents = createContents(client, repositories);
  const changes = await listChanges(client, repositories, { base: baseRef, head: headSha, pullRequest: number });
  const { baseSha } = changes;
  const base = contents.at(baseSha);
  const { basis, guards } = await readBase(base, baseRef, options.policyPath);
  const unsealed = await evaluateChanges(contents, changes, headSha, guards, options);
  const evaluation = { ...unsealed, scope: sealScope(unsealed.scope, baseRef) };
  const { scope, policy } = evaluation;

  const conversation = records === null ? null : await readConversation(client, repository, number);
  const memory = records === null || conversation === null ? null : recall(records, conversation, number, scope);
  const scopeAt = async (commit: string) => {
    if (commit === headSha) return scope;
    return sealScope(
      (await evaluateRange(client, repositories, contents, { base: baseSha, head: commit }, guards, options)).scope,
      baseRef,
    );
  };
  const owners = scope.items.length === 0 ? null : await readOwners(base, evaluation);
  const electorate = { slots: policy.approvers, owners };
  const election =
    scope.items.length === 0 ? null : await holdElection(client, repository, pullRequest, electorate, scopeAt, memory);
  const counted = election === null ? evaluation : withElection(evaluation, election, owners);
  if (memory === null || conversation === null) {
    const nothingOfTheApp = { code: null, ledger: emptyLedger, commands: [], replies: [] };
    return { evaluation: counted, baseSha, headSha, basis, ...nothingOfTheApp };
  }

  const code = scope.items.length === 0 ? null : memory.codeOf(scope);
  const also = { shown: code === null ? [] : [{ code, commit: headSha, scope }], edits: conversation.edits };
  const ledger = ledgerAfter(memory, evaluation, election, owners, also);
  return {
    evaluation: withFallen(counted, ledger),
    baseSha,
    headSha,
    basis,
    code,
    ledger,
    commands: await answerCommands(client, repository, pullRequest, policy, conversation, ledger),
    replies: conversation.replies,
  };
}

/** Evaluates what a head (SHA) adds to a base (branch or SHA), under a policy and a plan that are already known. */
export async function evaluateRange(
  client: GitHubClient,
  repositories: Repositories,
  contents: Contents,
  range: Pick<Range, 'base' | 'head'>,
  guards: GuardFiles,
  options: EvaluationOptions,
): Promise<Evaluation> {
  const changes = await listChanges(client, repositories, { ...range, pullRequest: null });
  return evaluateChanges(contents, changes, range.head, guards, options);
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
  contents: Contents,
  { mergeBase, files }: Changes,
  headSha: string,
  guards: GuardFiles,
  { evaluate = evaluateHere, today }: EvaluationOptions,
): Promise<Evaluation> {
  const sources = { base: contents.at(mergeBase), head: contents.at(headSha), changedFiles: files, guards };
  return evaluate(sources, today);
}
