import { decodeLedger } from '../core/policy/ledger-text.ts';
import { emptyLedger, type Ledger } from '../core/policy/ledger.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { checkName } from './check.ts';
import { unsealText, type Seal } from './check-digest.ts';
import { decodeExternalId, type ExternalId } from './external-id.ts';

/** A check run that this App made. */
export interface KnownCheckRun {
  readonly id: number;
  /** The commit that it is on. */
  readonly headSha: string;
  readonly isCompleted: boolean;
  readonly conclusion: string | null;
  readonly about: ExternalId;
}

/** The runs of this App on a pull request's commits, newest first, and the pull requests that share its head. */
export interface KnownCheckRuns {
  readonly runs: readonly KnownCheckRun[];
  /** Numbers of other open pull requests with the same head: checks belong to commits, so that they show one another's. */
  readonly sharing: readonly number[];
}

/** Runs of one name on one commit that are looked at; a pull request has a few. */
const runsOfCommit = 20;
/** Commits of a pull request, and forced pushes of its head, that are looked back at. */
const commitsBack = 30;
const forcedPushesBack = 30;
/** Commits that each of those replaced: not every head gets to be looked at before the next. */
const commitsReplaced = 10;

/**
 * Finds what was said about a pull request, also on commits that a forced push has replaced. Only runs of this App
 * count: others can give theirs the same name and text.
 */
export async function listCheckRuns(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  appId: number,
): Promise<KnownCheckRuns> {
  const answer: Answer = await client.graphql(query, { ...repository, number, appId, checkName });
  const { commits, headRefOid, timelineItems } = answer.repository.pullRequest;
  const present = commits.nodes.map(({ commit }) => commit);
  const replaced = timelineItems.nodes.flatMap(({ beforeCommit }) => beforeCommit?.history.nodes ?? []);
  const all = new Map([...present, ...replaced].flatMap((commit) => runsOf(commit, appId)).map((run) => [run.id, run]));
  const head = present.find(({ oid }) => oid === headRefOid);
  const sharing = (head?.associatedPullRequests?.nodes ?? []).filter((other) => other.state === 'OPEN');
  return {
    runs: [...all.values()].sort((a, b) => b.id - a.id),
    sharing: sharing.map((other) => other.number).filter((other) => other !== number),
  };
}

/** The ledger in the newest completed run of a pull request. */
export async function readLedger(
  client: GitHubClient,
  repository: RepositoryName,
  number: number,
  appId: number,
): Promise<Ledger> {
  const { runs } = await listCheckRuns(client, repository, number, appId);
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
  return data.check_runs
    .flatMap(({ app, conclusion, external_id, id, status }) => {
      const about = decodeExternalId(external_id ?? '');
      if (app?.id !== appId || about?.pullRequest !== null) return [];
      return [{ id: Number(id), headSha, isCompleted: status === 'completed', conclusion, about }];
    })
    .sort((a, b) => b.id - a.id);
}

/** What a run remembers, and whether it was finished. */
export async function readCheckText(
  client: GitHubClient,
  repository: RepositoryName,
  run: KnownCheckRun,
): Promise<{ readonly text: string; readonly seal: Seal | null }> {
  const route = 'GET /repos/{owner}/{repo}/check-runs/{check_run_id}';
  const { data } = await client.request(route, { ...repository, check_run_id: run.id });
  return unsealText(data.output.text ?? '');
}

function runsOf({ checkSuites, oid }: CommitNode, appId: number): KnownCheckRun[] {
  const suites = (checkSuites?.nodes ?? []).filter(({ app }) => app?.databaseId === appId);
  return suites
    .flatMap(({ checkRuns }) => checkRuns?.nodes ?? [])
    .flatMap(({ conclusion, databaseId, externalId, status }) => {
      const about = decodeExternalId(externalId ?? '');
      if (databaseId === null || about === null) return [];
      return [{ id: databaseId, headSha: oid, isCompleted: status === 'COMPLETED', conclusion, about }];
    });
}

interface CommitNode {
  readonly oid: string;
  readonly associatedPullRequests?: { readonly nodes: readonly { number: number; state: string }[] } | null;
  readonly checkSuites: {
    readonly nodes: readonly {
      readonly app: { readonly databaseId: number | null } | null;
      readonly checkRuns: {
        readonly nodes: readonly {
          readonly databaseId: number | null;
          readonly externalId: string | null;
          readonly status: string;
          readonly conclusion: string | null;
        }[];
      } | null;
    }[];
  } | null;
}

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string;
      readonly commits: { readonly nodes: readonly { readonly commit: CommitNode }[] };
      readonly timelineItems: { readonly nodes: readonly ForcedPush[] };
    };
  };
}

interface ForcedPush {
  readonly beforeCommit?: { readonly history: { readonly nodes: readonly CommitNode[] } } | null;
}

const query = `query ($owner: String!, $repo: String!, $number: Int!, $appId: Int!, $checkName: String!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) {
      headRefOid
      commits(last: ${commitsBack}) {
        nodes { commit { ...runs associatedPullRequests(first: 10) { nodes { number state } } } }
      }
      timelineItems(last: ${forcedPushesBack}, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT]) {
        nodes {
          ... on HeadRefForcePushedEvent { beforeCommit { history(first: ${commitsReplaced}) { nodes { ...runs } } } }
        }
      }
    }
  }
}
fragment runs on Commit {
  oid
  checkSuites(first: 1, filterBy: { appId: $appId, checkName: $checkName }) {
    nodes {
      app { databaseId }
      checkRuns(last: ${runsOfCommit}, filterBy: { appId: $appId, checkName: $checkName, checkType: ALL }) {
        nodes { databaseId externalId status conclusion }
      }
    }
  }
}`;
