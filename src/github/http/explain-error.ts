import { isLimit } from './rate-limit.ts';

/** What a failed request to GitHub says, as far as it is used. */
interface RequestFailure extends Error {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, string | number | undefined>> };
}

/** Whether GitHub, or the way to it, refused a request; anything else that is thrown is not GitHub's fault. */
export function isRequestFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  return error.name === 'HttpError' || error.name === 'GraphqlResponseError' || isRequestFailure(error.cause);
}

/** What there is to do about a failure, in the words of a host: the permissions of a job and those of an App differ. */
export interface Advice {
  /** `accepted`: the permissions that would do, as GitHub names them, alternatives apart; empty where it names none. */
  permissions(accepted: readonly string[]): string;
  /** While GitHub answers with errors; a clause that ends in a semicolon, or nothing. */
  readonly outage: string;
}

/** One sentence on why something failed, and which permission or setting is missing where GitHub says so. */
export function explainError(error: unknown, advice: Advice): string {
  if (!(error instanceof Error)) return String(error);
  if (hasStatus(error)) return explainStatus(error, advice);
  if (error.name === 'GraphqlResponseError') return explainQuery(error.message, advice);
  const causes = error.cause === undefined ? '' : ` (${explainError(error.cause, advice)})`;
  return `${firstLine(error.message)}${causes}`;
}

function hasStatus(error: Error): error is RequestFailure {
  return error.name === 'HttpError' && 'status' in error && typeof error.status === 'number';
}

function explainStatus({ status, message, response }: RequestFailure, advice: Advice): string {
  const said = `GitHub answered ${status}: ${firstLine(message)}`;
  if (status === 401) return `${said}. The token is not valid, or has expired.`;
  if (status === 403 && /locked/i.test(message)) return `${said}. The conversation is locked.`;
  if (status === 403 && /archived/i.test(message)) return `${said}. The repository is archived.`;
  if (isLimit(status, response?.headers ?? {}, message))
    return `${said}. That is a rate limit, which passes by itself.`;
  if (status === 404 && /no common ancestor/i.test(message)) {
    return `${said}. The branch shares no history with its base; rebase it onto the base.`;
  }
  if (status === 403 || status === 404)
    return `${said}. ${advice.permissions(permissionsOf(response?.headers['x-accepted-github-permissions']))}`;
  if (status >= 500)
    return `${said}. ${advice.outage}https://www.githubstatus.com says whether GitHub has an incident.`;
  return `${said}.`;
}

/** Octokit puts each error of an answer on a line of its own, `- ` before it. */
function explainQuery(message: string, advice: Advice): string {
  const errors = message.split('\n').flatMap((line) => (line.startsWith(' - ') ? [line.slice(3)] : []));
  const said = `GitHub answered: ${errors.slice(0, 3).join('; ')}`;
  return /not accessible by/i.test(said) ? `${said}. ${advice.permissions([])}` : said;
}

/** GitHub names the permissions that would do: `issues=write; pull_requests=write` are alternatives. */
function permissionsOf(accepted: string | number | undefined): readonly string[] {
  return typeof accepted === 'string' && accepted !== '' ? accepted.replaceAll('=', ': ').split(/;\s*/) : [];
}

function firstLine(message: string): string {
  const line = message.split('\n', 2).join(' ').trim();
  return line.replace(/ - https:\S+$/, '').replace(/\.$/, '');
}
