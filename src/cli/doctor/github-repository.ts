import { createClient, type GitHubClient, type RepositoryName } from '../../github/http/client.ts';
import { git } from '../../workspace/git.ts';
import type { Terminal } from '../terminal.ts';

/** `git@github.com:acme/training.git`, `ssh://git@github.com/acme/training`, `https://github.com/acme/training.git`. */
const remote = /^(?:[a-z+]+:\/\/)?(?:[^@/]+@)?([^:/]+)(?::\d+)?[:/]([^/]+)\/([^/]+?)(?:\.git)?\/?$/;

/** The repository on GitHub that the remote `origin` names, and a client for it with the token of the environment. */
export async function repositoryOnGitHub(
  root: string,
  { env }: Pick<Terminal, 'env'>,
): Promise<{ readonly client: GitHubClient; readonly repository: RepositoryName }> {
  const token = env['GH_TOKEN'] ?? env['GITHUB_TOKEN'] ?? '';
  if (token === '') {
    throw new Error(
      '--github needs a token in GH_TOKEN or GITHUB_TOKEN; with the GitHub CLI: GH_TOKEN=$(gh auth token)',
    );
  }
  const url = await git(root, ['remote', 'get-url', 'origin']).catch((cause: unknown) => {
    throw new Error('--github asks about the repository of the remote origin, and there is none', { cause });
  });
  const [, host = '', owner = '', repo = ''] = remote.exec(url.toString().trim()) ?? [];
  if (owner === '') throw new Error('--github: the remote origin is no address of a repository on GitHub');
  return { client: createClient(token, apiUrlOf(host, env)), repository: { owner, repo } };
}

/** GitHub's own address, or that of an Enterprise Server; GITHUB_API_URL says otherwise, as in a workflow. */
function apiUrlOf(host: string, env: Terminal['env']): string {
  return env['GITHUB_API_URL'] ?? (host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`);
}
