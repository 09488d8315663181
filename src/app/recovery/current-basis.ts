import { readBase } from '../../github/reading/basis.ts';
import type { GitHubClient, RepositoryName } from '../../github/http/client.ts';
import { createContents } from '../../github/reading/contents.ts';

/** A tip is some bytes; the branches of pull requests are few. */
const most = 5_000;

/** What base branches lay down, read once a tip: a commit never changes, and asking for the same tip again is free. */
export class CurrentBasis {
  readonly #known = new Map<string, string>();

  /** `scope` keeps apart what different tokens may see. */
  async of(client: GitHubClient, scope: string, repository: RepositoryName, branch: string): Promise<string> {
    const route = 'GET /repos/{owner}/{repo}/commits/{ref}';
    // Of its files, which nobody reads here, one
    const wanted = { ...repository, ref: `heads/${branch}`, per_page: 1 };
    const { sha } = (await client.request(route, wanted)).data;
    const name = JSON.stringify([scope, repository, branch, sha]);
    const basis = this.#known.get(name) ?? (await read(client, repository, branch, sha));
    this.#known.delete(name);
    this.#known.set(name, basis);
    const [oldest] = this.#known.keys();
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
    return basis;
  }
}

async function read(client: GitHubClient, repository: RepositoryName, branch: string, sha: string): Promise<string> {
  return (await readBase(createContents(client, [repository]).at(sha), branch)).basis;
}
