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

/** One sentence on why something failed, and which permission or setting is missing where GitHub says so. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (hasStatus(error)) return explainStatus(error);
  if (error.name === 'GraphqlResponseError') return explainQuery(error.message);
  const causes = error.cause === undefined ? '' : ` (${explainError(error.cause)})`;
  return `${firstLine(error.message)}${causes}`;
}

function hasStatus(error: Error): error is RequestFailure {
  return error.name === 'HttpError' && 'status' in error && typeof error.status === 'number';
}

function explainStatus({ status, message, response }: RequestFailure): string {
  const said = `GitHub answered ${status}: ${firstLine(message)}`;
  if (status === 401) return `${said}. The token is not valid, or has expired.`;
  if (status === 403 && /locked/i.test(message)) return `${said}. The conversation is locked.`;
  if (status === 403 && /archived/i.test(message)) return `${said}. The repository is archived.`;
  if (status === 403 || status === 404)
    return `${said}. ${explainPermission(response?.headers['x-accepted-github-permissions'])}`;
  if (status >= 500)
    return `${said}. Run the job again; https://www.githubstatus.com says whether GitHub has an incident.`;
  return `${said}.`;
}

/** Octokit puts each error of an answer on a line of its own, `- ` before it. */
function explainQuery(message: string): string {
  const errors = message.split('\n').flatMap((line) => (line.startsWith(' - ') ? [line.slice(3)] : []));
  const said = `GitHub answered: ${errors.slice(0, 3).join('; ')}`;
  return /not accessible by/i.test(said) ? `${said}. ${explainPermission(undefined)}` : said;
}

/** GitHub names the permissions that would do: `issues=write; pull_requests=write` are alternatives. */
function explainPermission(accepted: string | number | undefined): string {
  if (typeof accepted !== 'string' || accepted === '') {
    return 'The token may not do this; the README lists the permissions that the job needs.';
  }
  const permissions = accepted.replaceAll('_', '-').replaceAll('=', ': ').split(/;\s*/).join('" or "');
  return `The job needs "permissions: ${permissions}"; a token of a fork never has write permissions.`;
}

function firstLine(message: string): string {
  const line = message.split('\n', 2).join(' ').trim();
  return line.replace(/ - https:\S+$/, '').replace(/\.$/, '');
}
