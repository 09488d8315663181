import type { Annotation } from '../../core/report/outputs/annotations/annotations.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { checkName, maxTextLength, type Check, type OpenNotice } from './check.ts';
import { sealText } from './check-digest.ts';
import { statusOf } from '../http/status-of.ts';

/** Where a check stands: a commit, and what its `external_id` says that it is about. */
export interface CheckPlace {
  readonly headSha: string;
  readonly externalId: string;
}

/** A run that says that the commit is to be looked at. Whoever makes one completes it. */
export async function openCheckRun(
  client: GitHubClient,
  repository: RepositoryName,
  { externalId, headSha }: CheckPlace,
  {
    status = 'queued',
    output = evaluating,
  }: { readonly status?: 'queued' | 'in_progress'; readonly output?: OpenNotice } = {},
): Promise<number> {
  const { data } = await client.request('POST /repos/{owner}/{repo}/check-runs', {
    ...repository,
    name: checkName,
    head_sha: headSha,
    external_id: externalId,
    status,
    output,
  });
  return Number(data.id);
}

const evaluating: OpenNotice = {
  title: 'Evaluating',
  summary:
    "The training configs of this change are being estimated, which takes seconds unless GitHub's rate limits make it wait.\n",
};

/** Has a run (`openRun`) say why it takes longer, or a new one where there is none that is open. */
export async function holdCheckRun(
  client: GitHubClient,
  repository: RepositoryName,
  place: CheckPlace,
  output: OpenNotice,
  openRun: number | null,
): Promise<number> {
  if (openRun === null) return openCheckRun(client, repository, place, { status: 'in_progress', output });
  const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
  await client.request(route, { ...repository, check_run_id: openRun, status: 'in_progress', output: { ...output } });
  return openRun;
}

/** Completes a run beside which there is a newer one, so that nobody waits for it. */
export async function retireCheckRun(client: GitHubClient, repository: RepositoryName, id: number): Promise<void> {
  const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
  const output = { title: 'Superseded', summary: 'A newer check of this commit says what there is to say.\n' };
  try {
    const done = { status: 'completed', conclusion: 'failure', output } as const;
    await client.request(route, { ...repository, check_run_id: id, ...done });
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
  }
}

/**
 * Completes a run (`openRun`), or makes one where there is none; `sealAs`: what it says by itself, where something was added. Whatever GitHub refuses to take, the conclusion is sent:
 * first with less, in the end alone. Annotations follow in requests of their own, since GitHub adds each request's to those
 * before; the last request seals the text, so that a run that was broken off is known by that.
 */
export async function completeCheckRun(
  client: GitHubClient,
  repository: RepositoryName,
  place: CheckPlace,
  check: Check,
  { openRun = null, sealAs = check }: { readonly openRun?: number | null; readonly sealAs?: Check } = {},
): Promise<number> {
  const seal = (text: string) => sealText(text, sealAs, place.externalId);
  const { said, id } = await sendConclusion(client, repository, place, check, seal, openRun);
  const batches = batchesOf(said.annotations).slice(1);
  for (const [index, annotations] of batches.entries()) {
    const isLast = index === batches.length - 1;
    const output = outputOf(said, isLast ? seal(said.text) : said.text, annotations);
    const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
    try {
      await client.request(route, { ...repository, check_run_id: id, output });
    } catch (error) {
      // The conclusion stands; annotations that GitHub does not take are in the summary as well
      if (statusOf(error) !== 422) throw error;
    }
  }
  return id;
}

async function sendConclusion(
  client: GitHubClient,
  repository: RepositoryName,
  place: CheckPlace,
  check: Check,
  seal: (text: string) => string,
  openRun: number | null,
): Promise<{ readonly said: Check; readonly id: number }> {
  const attempts = attemptsOf(check);
  for (const [index, said] of attempts.entries()) {
    try {
      return { said, id: await sendFirst(client, repository, place, said, seal, openRun) };
    } catch (error) {
      if (statusOf(error) !== 422 || index === attempts.length - 1) throw error;
    }
  }
  throw new Error('a check has no form in which it could be sent');
}

async function sendFirst(
  client: GitHubClient,
  repository: RepositoryName,
  { externalId, headSha }: CheckPlace,
  said: Check,
  seal: (text: string) => string,
  openRun: number | null,
): Promise<number> {
  const [first = [], ...more] = batchesOf(said.annotations);
  const text = more.length === 0 ? seal(said.text) : said.text;
  const result = {
    ...repository,
    external_id: externalId,
    status: 'completed' as const,
    conclusion: said.conclusion,
    output: outputOf(said, text, first),
    actions: said.buttons.map((button) => ({ ...button })),
  };
  if (openRun !== null) {
    try {
      const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
      return Number((await client.request(route, { ...result, check_run_id: openRun })).data.id);
    } catch (error) {
      // GitHub deletes runs, of which it keeps a thousand
      if (statusOf(error) !== 404) throw error;
    }
  }
  const route = 'POST /repos/{owner}/{repo}/check-runs';
  return Number((await client.request(route, { ...result, name: checkName, head_sha: headSha })).data.id);
}

/** The check, and what of it is sent where GitHub refuses that: without what may be wrong with it, and at last bare. */
function attemptsOf(check: Check): readonly Check[] {
  const capped = withFewerAnnotations(check);
  const plain = { ...check, annotations: [] };
  const short = { ...plain, summary: tooMuch };
  const bare = { ...short, title: check.title.slice(0, 100), text: '', buttons: [] };
  return [...[capped, plain, short].filter(isWithinLimits), bare];
}

const tooMuch = 'GitHub refused the full text of this check; the comment on the pull request has it.\n';

/** A string has at least as many UTF-16 units as code points: whichever GitHub counts, this is the larger. */
function isWithinLimits({ summary, text }: Check): boolean {
  return summary.length <= maxTextLength && text.length <= maxTextLength;
}

/** GitHub takes 50 annotations a request (REST, "Create a check run"). */
const batchSize = 50;
/** More than these nobody reads, and each batch is a request. */
const maxAnnotations = 500;

/** The worst that fit, and a word on how many do not. */
function withFewerAnnotations(check: Check): Check {
  const left = check.annotations.length - maxAnnotations;
  if (left <= 0) return check;
  const note = `> ${left.toLocaleString('en-US')} more remarks are not shown on their lines.`;
  const summary = `${check.summary.trimEnd()}\n\n${note}\n`;
  return { ...check, summary, annotations: check.annotations.slice(0, maxAnnotations) };
}

function batchesOf(annotations: readonly Annotation[]): readonly (readonly Annotation[])[] {
  const count = Math.ceil(annotations.length / batchSize);
  return Array.from({ length: count }, (_, index) => annotations.slice(index * batchSize, (index + 1) * batchSize));
}

function outputOf({ summary, title }: Check, text: string, annotations: readonly Annotation[]) {
  return { title, summary, text, annotations: annotations.map(annotationJson) };
}

const levels = { error: 'failure', warning: 'warning', notice: 'notice' } as const;

function annotationJson({ column, level, line, message, path, title }: Annotation) {
  const [start, end] = [
    { start_line: line, start_column: column },
    { end_line: line, end_column: column },
  ];
  return { path, ...start, ...end, annotation_level: levels[level], title, message };
}
