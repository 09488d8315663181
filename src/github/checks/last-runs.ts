import type { KnownCheckRun } from './known-check-runs.ts';

/** Of as many pull requests as are at work in a while. */
const most = 5_000;

/**
 * The check run that this process published last of each pull request. Lists of GitHub may show it only a while later, and
 * what it remembers would be lost to whoever looks before that.
 */
export class LastRuns {
  readonly #runs = new Map<string, KnownCheckRun>();

  note(pullRequest: string, run: KnownCheckRun): void {
    this.#runs.delete(pullRequest);
    this.#runs.set(pullRequest, run);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > most && oldest !== undefined) this.#runs.delete(oldest);
  }

  /** The runs that are listed, newest first, with the last one where it should be among them and is not. */
  withLast(pullRequest: string, listed: readonly KnownCheckRun[]): readonly KnownCheckRun[] {
    const last = this.#runs.get(pullRequest);
    if (last === undefined || listed.some(({ id }) => id === last.id)) return listed;
    return [last, ...listed].sort((one, other) => other.id - one.id);
  }
}
