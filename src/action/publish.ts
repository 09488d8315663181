import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanLine } from '../core/report/escape.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import { headlineOf } from '../core/report/headline.ts';
import { annotationsOf, fitAnnotations } from '../core/report/outputs/annotations/annotations.ts';
import { renderPage } from '../core/report/outputs/html/html.ts';
import { renderEvaluationJson } from '../core/report/outputs/json/json.ts';
import { renderComment, renderSummary } from '../core/report/outputs/markdown/markdown.ts';
import { stepOutputs } from '../core/report/outputs/step-outputs/step-outputs.ts';
import { version } from '../core/version.ts';
import type { GitHubClient, RepositoryName } from '../github/http/client.ts';
import { publishComment, type CommentRequest, type CommentResult } from '../github/comments/comment.ts';
import { suggestionsOf } from '../github/comments/suggestions.ts';
import type { Evaluated } from './evaluate.ts';
import { explain } from './explain.ts';
import type { Inputs } from './inputs.ts';
import type { Runner } from './runner.ts';

/** The runner takes 10 annotations a level from one step; the verdict itself is one of the errors. */
const annotationsPerLevel = 9;

/** Prints the annotations, the worst first. */
export function publishAnnotations(runner: Runner, evaluation: Evaluation): void {
  const { shown, leftOut } = fitAnnotations(annotationsOf(evaluation), annotationsPerLevel);
  for (const annotation of shown) runner.annotate(annotation);
  if (leftOut > 0) runner.log(`${leftOut} more are in the job summary; GitHub shows 10 annotations of a level.`);
}

/** Writes the job summary, where there is something to report. */
export async function publishSummary(runner: Runner, evaluation: Evaluation, { mode }: Inputs): Promise<void> {
  const markdown = renderSummary(evaluation, { version }) ?? 'scalegate found no training configs here.\n';
  const note = mode === 'report' ? '\n> `mode: report`: the job passes, whatever the verdict.\n' : '';
  await runner.summarize(`${markdown}${note}`);
}

/**
 * Sets the step's outputs, and writes the whole evaluation to the files that `report` and `page` name: as JSON, and as a
 * page that a later step can upload.
 */
export function publishOutputs(runner: Runner, evaluation: Evaluation, env: NodeJS.ProcessEnv): void {
  const folder = env['RUNNER_TEMP'] ?? tmpdir();
  const report = join(folder, 'scalegate-report.json');
  const page = join(folder, 'scalegate-report.html');
  writeFileSync(report, renderEvaluationJson(evaluation));
  writeFileSync(page, renderPage(evaluation, version));
  for (const [name, value] of Object.entries({ ...stepOutputs(evaluation), report, page }))
    runner.setOutput(name, value);
}

/** Comments on the pull request. A token that may not comment is no failure: the verdict and the summary are there. */
export async function publishToPullRequest(
  client: GitHubClient,
  repository: RepositoryName,
  { number, headSha }: Pick<CommentRequest, 'number' | 'headSha'>,
  runner: Runner,
  { because, evaluation, comments }: Evaluated,
  { id, policy }: Inputs,
): Promise<void> {
  const own = id ?? policy;
  const body = renderComment(evaluation, { version, id: own });
  const suggestions = suggestionsOf({ because, evaluation });
  const result = await publishComment(client, repository, { number, headSha, body, id: own, suggestions }, comments);
  if (result.kind === 'refused') runner.annotate({ level: 'notice', message: describeResult(result) });
  else runner.log(describeResult(result));
}

function describeResult(result: CommentResult): string {
  switch (result.kind) {
    case 'refused':
      return `scalegate could not comment; its report is in the job summary. ${explain(result.error)}`;
    case 'app-owns-it':
      return 'No comment: that of the scalegate App is there.';
    case 'superseded':
      return 'No comment: the pull request has a newer commit, whose own run comments on it.';
    case 'closed':
      return 'No comment: the pull request is closed.';
    case 'none':
      return 'No comment: no figure, fact or finding differs.';
    default:
      return `Comment ${result.kind}.`;
  }
}

/** The verdict in a line: what it is, what to do and who can. */
export function verdictLine(evaluation: Evaluation): string {
  const asIs = (text: string) => cleanLine(text);
  const { sentence, nextSteps } = headlineOf(evaluation, { code: asIs, plain: asIs });
  return [`${sentence}.`, ...nextSteps].join(' ');
}
