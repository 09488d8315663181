import type { RepositoryName } from '../http/client.ts';
import type { KnownCheckRun, SharedHead } from './known-check-runs.ts';

/** Of as many pull requests as are at work in a while. */
const most = 5_000;

/**
 * The check run that this process published last of each pull request. Lists of GitHub may show it only a while later, and
 * what it remembers would be lost to whoever looks before that.
 */
export class LastRuns {
  readonly #runs = new Map<string, KnownCheckRun>();

  note(repository: RepositoryName, pullRequest: number, run: KnownCheckRun): void {
    const name = nameOf(repository, pullRequest);
    this.#runs.delete(name);
    this.#runs.set(name, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > most && oldest !== undefined) this.#runs.delete(oldest);
  }

  /** The runs that are listed, newest first, with the last one where it should be among them and is not. */
  withLast(
    repository: RepositoryName,
    pullRequest: number,
    listed: readonly KnownCheckRun[],
  ): readonly KnownCheckRun[] {
    const last = this.#runs.get(nameOf(repository, pullRequest));
    if (last === undefined || listed.some(({ id }) => id === last.id)) return listed;
    return [last, ...listed].sort((one, other) => other.id - one.id);
  }

  /** The same for all pull requests that share a head. */
  withLastOfSharers(repository: RepositoryName, headSha: string, head: SharedHead): SharedHead {
    const runs = head.pullRequests
      .reduce((all, number) => this.withLast(repository, number, all), head.runs)
      .filter((run) => run.headSha === headSha);
    return { ...head, runs };
  }
}

function nameOf({ owner, repo }: RepositoryName, pullRequest: number): string {
  return `${owner}/${repo}#${pullRequest}`;
}
