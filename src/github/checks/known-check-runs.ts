import { decodeLedger } from '../../core/policy/approvals/ledger-text.ts';
import { emptyLedger, type Ledger } from '../../core/policy/approvals/ledger.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { checkName } from './check.ts';
import { unsealText, type Seal } from './check-digest.ts';
import { decodeExternalId, type ExternalId } from './external-id.ts';

/** A check run that this App made. */
export interface KnownCheckRun {
  readonly id: number;
  /** The commit that it is on. */
  readonly headSha: string;
  readonly isCompleted: boolean;
  /** ISO 8601, by GitHub's clock; null while it is not. */
  readonly completedAt: string | null;
  readonly conclusion: string | null;
  readonly about: ExternalId;
}

/** A commit with all that shows its check. */
export interface SharedHead {
  /** Runs on it, newest first: of one pull request or of several. */
  readonly runs: readonly KnownCheckRun[];
  /** Open pull requests whose head it is. */
  readonly pullRequests: readonly number[];
  /** False where GitHub did not list all of those. */
  readonly isListed: boolean;
}

/** The runs of this App on a pull request's commits, newest first, and what it shares its head with. */
export interface KnownCheckRuns {
  readonly runs: readonly KnownCheckRun[];
  /** What the latest of them say, by id: one of these is most often the one whose memory is wanted. */
  readonly texts: ReadonlyMap<number, string>;
  readonly head: SharedHead;
}

/** Of the head, which others may have runs on as well. */
const runsOfHead = 100;
const runsOfCommit = 20;
/** Commits of a pull request, and forced pushes of its head, that are looked back at. */
const commitsBack = 30;
const forcedPushesBack = 10;
/** Commits that each of those replaced: not every head gets to be looked at before the next. */
const commitsReplaced = 5;

export interface RunsAnswer {
  readonly headRefOid: string;
  readonly recent: RecentCommits;
  readonly latest: { readonly nodes: readonly { readonly commit: TextsNode }[] };
  readonly head: { readonly nodes: readonly { readonly commit: HeadNode }[] };
  readonly timelineItems: { readonly nodes: readonly ForcedPush[] };
}

interface RecentCommits {
  readonly nodes: readonly { readonly commit: RunsNode }[];
  readonly pageInfo: { readonly hasPreviousPage: boolean; readonly startCursor: string | null };
}

interface TextsNode {
  readonly checkSuites: {
    readonly nodes: readonly {
      readonly checkRuns: {
        readonly nodes: readonly { readonly databaseId: number | null; readonly text: string | null }[];
      } | null;
    }[];
  } | null;
}

interface RunsNode {
  readonly oid: string;
  readonly checkSuites: {
    readonly nodes: readonly {
      readonly app: { readonly databaseId: number | null } | null;
      readonly checkRuns: { readonly nodes: readonly RunNode[] } | null;
    }[];
  } | null;
}

interface HeadNode extends RunsNode {
  readonly associatedPullRequests: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly number: number; readonly state: string; readonly headRefOid: string }[];
  } | null;
}

interface RunNode {
  readonly databaseId: number | null;
  readonly externalId: string | null;
  readonly status: string;
  readonly completedAt: string | null;
  readonly conclusion: string | null;
}

interface ForcedPush {
  readonly beforeCommit?: { readonly history: { readonly nodes: readonly RunsNode[] } } | null;
}

/**
 * What was said about a pull request, also on commits that a forced push has replaced. Only runs of this App count: others
 * can give theirs the same name and text.
 */
export async function knownCheckRuns(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  { head, headRefOid, latest, recent, timelineItems }: RunsAnswer,
  appId: number,
): Promise<KnownCheckRuns> {
  const replaced = timelineItems.nodes.flatMap(({ beforeCommit }) => beforeCommit?.history.nodes ?? []);
  const nodes = [...recent.nodes.map(({ commit }) => commit), ...replaced];
  const isOurs = (run: KnownCheckRun) => run.about.pullRequest === number;
  // A single push may bring more commits than are looked back at
  for (
    let { pageInfo } = recent;
    pageInfo.hasPreviousPage && !nodes.some((node) => runsOf(node, appId).some(isOurs));
  ) {
    const older: { repository: { pullRequest: { recent: RecentCommits } } } = await client.graphql(olderCommits, {
      ...repository,
      number,
      appId,
      checkName,
      before: pageInfo.startCursor,
    });
    nodes.push(...older.repository.pullRequest.recent.nodes.map(({ commit }) => commit));
    ({ pageInfo } = older.repository.pullRequest.recent);
  }
  const shared =
    sharedHeadOf({ head, headRefOid }, appId) ?? (await readSharedHead(client, repository, headRefOid, appId));
  const runs = [...nodes.flatMap((node) => runsOf(node, appId)), ...shared.runs];
  const latestRuns = latest.nodes
    .flatMap(({ commit }) => commit.checkSuites?.nodes ?? [])
    .flatMap(({ checkRuns }) => checkRuns?.nodes ?? []);
  const texts = new Map(
    latestRuns.flatMap(({ databaseId, text }) => (databaseId === null ? [] : [[databaseId, text ?? ''] as const])),
  );
  return { runs: newestFirst(runs), texts, head: shared };
}

/** Which open pull requests have a commit as their head, and what the App has said on it. */
export async function readSharedHead(
  client: GitHubClient,
  repository: RepositoryName,
  headSha: string,
  appId: number,
): Promise<SharedHead> {
  const answer: { repository: { object: HeadNode | null } } = await client.graphql(
    `query ($owner: String!, $repo: String!, $oid: GitObjectID!, $appId: Int!, $checkName: String!) {
      repository(owner: $owner, name: $repo) { object(oid: $oid) { ... on Commit { ${headFields} } } }
    }
    ${runFragment}`,
    { ...repository, oid: headSha, appId, checkName },
  );
  const { object } = answer.repository;
  return object === null ? { runs: [], pullRequests: [], isListed: false } : sharedHead(object, appId);
}

/** Of the head alone. */
export function sharedHeadOf(
  { head, headRefOid }: Pick<RunsAnswer, 'head' | 'headRefOid'>,
  appId: number,
): SharedHead | null {
  const found = head.nodes.find(({ commit }) => commit.oid === headRefOid)?.commit;
  return found === undefined ? null : sharedHead(found, appId);
}

function sharedHead(node: HeadNode, appId: number): SharedHead {
  const { associatedPullRequests } = node;
  const listed = associatedPullRequests?.nodes ?? [];
  return {
    runs: newestFirst(runsOf(node, appId)),
    pullRequests: listed
      .filter(({ headRefOid, state }) => state === 'OPEN' && headRefOid === node.oid)
      .map(({ number }) => number),
    isListed: associatedPullRequests?.totalCount === listed.length,
  };
}

/** The ledger in the newest completed run of a pull request. */
export async function readLedger(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  { runs }: KnownCheckRuns,
): Promise<Ledger> {
  const newest = runs.find(({ about, isCompleted }) => isCompleted && about.pullRequest === number);
  return newest === undefined ? emptyLedger : decodeLedger((await readCheckText(client, repository, newest)).text);
}

/** The runs of this App on the head of a merge group, newest first. */
export async function listGroupRuns(
  client: GitHubClient,
  repository: RepositoryName,
  headSha: string,
  appId: number,
): Promise<readonly KnownCheckRun[]> {
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs';
  const filter = { app_id: appId, check_name: checkName, filter: 'all', per_page: runsOfCommit } as const;
  const { data } = await client.request(route, { ...repository, ref: headSha, ...filter });
  return newestFirst(
    data.check_runs.flatMap(({ app, completed_at, conclusion, external_id, id, status }) => {
      const about = decodeExternalId(external_id ?? '');
      if (app?.id !== appId || about?.pullRequest !== null) return [];
      const isCompleted = status === 'completed';
      return [{ id: Number(id), headSha, isCompleted, completedAt: completed_at, conclusion, about }];
    }),
  );
}

/** What a run remembers, and whether it was finished. */
export async function readCheckText(
  client: GitHubClient,
  repository: RepositoryName,
  run: Pick<KnownCheckRun, 'id'>,
): Promise<{ readonly text: string; readonly seal: Seal | null }> {
  const route = 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}';
  const { data } = await client.request(route, { ...repository, check_run_id: run.id });
  return unsealText(data.output.text ?? '');
}

function runsOf({ checkSuites, oid }: RunsNode, appId: number): KnownCheckRun[] {
  const suites = (checkSuites?.nodes ?? []).filter(({ app }) => app?.databaseId === appId);
  return suites
    .flatMap(({ checkRuns }) => checkRuns?.nodes ?? [])
    .flatMap(({ completedAt, conclusion, databaseId, externalId, status }) => {
      const about = decodeExternalId(externalId ?? '');
      if (databaseId === null || about === null) return [];
      return [{ id: databaseId, headSha: oid, isCompleted: status === 'COMPLETED', completedAt, conclusion, about }];
    });
}

/** Each once. */
function newestFirst(runs: readonly KnownCheckRun[]): KnownCheckRun[] {
  return [...new Map(runs.map((run) => [run.id, run])).values()].sort((a, b) => b.id - a.id);
}

function suites(runs: number, run = '...run'): string {
  return `checkSuites(first: 1, filterBy: { appId: $appId, checkName: $checkName }) {
    nodes {
      app { databaseId }
      checkRuns(last: ${runs}, filterBy: { appId: $appId, checkName: $checkName, checkType: ALL }) { nodes { ${run} } }
    }
  }`;
}

export const runFragment = 'fragment run on CheckRun { databaseId externalId status completedAt conclusion }';

const headFields = `oid
  associatedPullRequests(first: 100) { totalCount nodes { number state headRefOid } }
  ${suites(runsOfHead)}`;

/** Of a pull request; the query has `$appId` and `$checkName`, and `runFragment` below it. */
export const headRunsFields = `headRefOid head: commits(last: 1) { nodes { commit { ${headFields} } } }`;

/** Of a pull request; the query has `$appId` and `$checkName`, and `runsFragment` below it. */
export const runsFields = `${headRunsFields}
  latest: commits(last: 2) { nodes { commit { ${suites(2, 'databaseId text')} } } }
  recent: commits(last: ${commitsBack}) { nodes { commit { ...runs } } pageInfo { hasPreviousPage startCursor } }
  timelineItems(last: ${forcedPushesBack}, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
    nodes {
      ... on HeadRefForcePushedEvent { beforeCommit { history(first: ${commitsReplaced}) { nodes { ...runs } } } }
    }
  }`;

export const runsFragment = `fragment runs on Commit { oid ${suites(runsOfCommit)} }
${runFragment}`;

const olderCommits = `query (
  $owner: String!, $repo: String!, $number: Int!, $before: String, $appId: Int!, $checkName: String!
) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      recent: commits(last: 100, before: $before) {
        nodes { commit { ...runs } }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  }
}
${runsFragment}`;
