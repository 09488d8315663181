import type { CheckRun } from '../state/check-run.ts';
import type { CheckSuite } from '../state/check-suite.ts';
import type { Repository } from '../state/repository.ts';
import { connection, type ConnectionArguments } from './connection.ts';
import { commitNodeOf } from './git-object-node.ts';
import { type GraphqlContext, requirePermission } from './graphql-context.ts';

/** `CheckSuiteFilter` and `CheckRunFilter`. */
export interface CheckFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
  /** LATEST where not given. */
  readonly checkType?: 'ALL' | 'LATEST' | null;
  readonly status?: string | null;
  readonly statuses?: readonly string[] | null;
  readonly conclusions?: readonly string[] | null;
}

type FilteredPage = ConnectionArguments & { readonly filterBy?: CheckFilter | null };

export function checkSuitesOf(oid: string, page: FilteredPage, repository: Repository, context: GraphqlContext) {
  requirePermission(context, 'checks:read');
  const { appId, checkName } = page.filterBy ?? {};
  const suites = repository.checkSuites
    .filter(({ headSha }) => headSha === oid)
    .filter(({ app }) => isAny(appId) || app.id === appId)
    .filter(({ runs }) => isAny(checkName) || runs.some(({ name }) => name === checkName));
  return connection(suites, page, (suite) => checkSuiteNode(suite, context));
}

function checkSuiteNode(suite: CheckSuite, context: GraphqlContext) {
  return {
    __typename: 'CheckSuite',
    databaseId: suite.id,
    app: { __typename: 'App', databaseId: suite.app.id, slug: suite.app.slug },
    status: suite.status.toUpperCase(),
    conclusion: suite.conclusion?.toUpperCase() ?? null,
    createdAt: suite.createdAt,
    updatedAt: suite.updatedAt,
    commit: () => commitNodeOf(suite.headSha, suite.repository, context),
    checkRuns: (page: FilteredPage) =>
      connection(context.world.listed(chosenRuns(suite, page.filterBy ?? {})), page, (run) =>
        checkRunNode(run, context),
      ),
  };
}

function chosenRuns(suite: CheckSuite, filter: CheckFilter): CheckRun[] {
  const { appId, checkName, checkType, conclusions, status, statuses } = filter;
  return (checkType === 'ALL' ? suite.runs : suite.latestRuns)
    .filter(() => isAny(appId) || suite.app.id === appId)
    .filter(({ name }) => isAny(checkName) || name === checkName)
    .filter((run) => isAny(status) || run.status.toUpperCase() === status)
    .filter((run) => isAny(statuses) || statuses.includes(run.status.toUpperCase()))
    .filter((run) => isAny(conclusions) || conclusions.includes(run.conclusion?.toUpperCase() ?? ''));
}

function checkRunNode(run: CheckRun, context: GraphqlContext) {
  return {
    __typename: 'CheckRun',
    databaseId: run.id,
    name: run.name,
    externalId: run.externalId,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: run.startedAt,
    completedAt: run.completedAt,
    detailsUrl: run.detailsUrl,
    title: run.title,
    summary: run.summary,
    text: run.text,
    checkSuite: () => checkSuiteNode(run.suite, context),
  };
}

function isAny(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
