import { Refusal } from '../refusal.ts';
import type { Annotation, CheckRun, CheckRunFields } from '../state/check-run.ts';
import { repositoryJson } from './json/repository.ts';
import { annotationJson, checkRunJson, checkSuiteJson, simpleCommitJson } from './json/check.ts';
import { pageOf } from './page.ts';
import { found, type RestHandler, type RestRequest } from './rest-request.ts';

export const createCheckRun: RestHandler = async (request) => {
  const { repository, urls } = request;
  const app = actingApp(request);
  const headSha = request.text('head_sha');
  const fields = acceptedFields(request);
  // GitHub takes whole ids only, and only of commits that it has.
  const isWhole = /^[0-9a-f]{40}$/.test(headSha);
  if (!isWhole || (await repository.git.resolve(headSha)) !== headSha) {
    throw new Refusal(422, `No commit found for SHA: ${headSha}`);
  }
  const run = repository.checkSuite(app, headSha).suite.createRun({ ...fields, name: request.text('name') });
  return { status: 201, body: checkRunJson(run, urls) };
};

export const updateCheckRun: RestHandler = (request) => {
  const run = checkRunOf(request);
  const app = actingApp(request);
  if (run.suite.app !== app) {
    const message = `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`;
    throw new Refusal(403, message);
  }
  run.update(acceptedFields(request));
  return { status: 200, body: checkRunJson(run, request.urls) };
};

export const getCheckRun: RestHandler = (request) => {
  return { status: 200, body: checkRunJson(checkRunOf(request), request.urls) };
};

export const listAnnotations: RestHandler = (request) => {
  const run = checkRunOf(request);
  const { items, headers } = pageOf(run.annotations, request);
  return { status: 200, body: items.map((annotation) => annotationJson(annotation, run, request.urls)), headers };
};

/** `latest`, the default: of each name and suite the newest run only. */
export const listCheckRunsForRef: RestHandler = async (request) => {
  const sha = await request.commit(request.text('ref'));
  const [appId, name, status] = ['app_id', 'check_name', 'status'].map((filter) => request.optional(filter));
  const runs = request.repository.checkSuites
    .filter(({ app, headSha }) => headSha === sha && (appId === undefined || app.id === appId))
    .flatMap((suite) => {
      return request.world.listed(request.optionalText('filter') === 'all' ? suite.runs : suite.latestRuns);
    })
    .filter((run) => (name === undefined || run.name === name) && (status === undefined || run.status === status))
    .sort((a, b) => b.id - a.id);
  const { items, headers } = pageOf(runs, request);
  const check_runs = items.map((run) => checkRunJson(run, request.urls));
  return { status: 200, body: { total_count: runs.length, check_runs }, headers };
};

export const rerequestCheckRun: RestHandler = (request) => {
  checkRunOf(request).rerequest(request.token.account.login);
  return { status: 201, body: {} };
};

export const getCheckSuite: RestHandler = async (request) => {
  const suite = checkSuiteOf(request);
  const head_commit = await simpleCommitJson(suite.headSha, suite.repository);
  const repository = repositoryJson(suite.repository, request.urls);
  return { status: 200, body: { ...checkSuiteJson(suite, request.urls), head_commit, repository } };
};

export const rerequestCheckSuite: RestHandler = (request) => {
  checkSuiteOf(request).rerequest(request.token.account);
  return { status: 201, body: {} };
};

/** Any token with the permission acts as an App; only one that is registered here can be asked for again. */
function actingApp({ token }: RestRequest) {
  if (token.app === null) throw new Refusal(403, 'You must authenticate via a GitHub App.');
  return token.app;
}

function checkRunOf(request: RestRequest): CheckRun {
  return found(request.repository.findCheckRun(request.number('check_run_id')));
}

function checkSuiteOf(request: RestRequest) {
  const id = request.number('check_suite_id');
  return found(request.repository.checkSuites.find((suite) => suite.id === id));
}

/** What the request says of the run, held against the rules that GitHub states in words (REST, "Create a check run"). */
function acceptedFields(request: RestRequest): CheckRunFields {
  const fields: CheckRunFields = request.body;
  const { actions = [], conclusion, output, status } = fields;
  if (status === 'completed' && conclusion === undefined) throw invalid('conclusion is required where it is completed');
  if (conclusion === 'stale') throw invalid('only GitHub can mark a check run as stale');
  for (const text of [output?.summary, output?.text]) {
    if (text !== undefined && text.length > textLimit) throw invalid(`Only ${textLimit} characters are allowed`);
  }
  const annotations = output?.annotations ?? [];
  if (annotations.length > annotationLimit) throw invalid(`No more than ${annotationLimit} items are allowed`);
  if (!annotations.every(isAcceptable)) throw invalid('Invalid annotation');
  if (actions.length > actionLimit)
    throw invalid(`No more than ${actionLimit} items are allowed; ${actions.length} were supplied.`);
  for (const { description, identifier, label } of actions) {
    if (label.length > 20 || description.length > 40 || identifier.length > 20) throw invalid('An action is too long');
  }
  return fields;
}

const textLimit = 65_535;
const annotationLimit = 50;
const actionLimit = 3;
const annotationBytes = 64 * 1024;

function isAcceptable(annotation: Annotation): boolean {
  const { end_column, end_line, message, raw_details = '', start_column, start_line, title = '' } = annotation;
  const hasColumns = start_column !== undefined || end_column !== undefined;
  const bytes = (text: string) => Buffer.byteLength(text);
  if (bytes(message) > annotationBytes || bytes(raw_details) > annotationBytes || title.length > 255) return false;
  return start_line >= 1 && end_line >= start_line && !(hasColumns && start_line !== end_line) && message !== '';
}

function invalid(message: string): Refusal {
  return new Refusal(422, `Invalid request.\n\n${message}`);
}
