import { decodeLedger } from '../core/policy/ledger-text.ts';
import type { Ledger } from '../core/policy/ledger.ts';
import { renderAudit } from '../core/report/outputs/markdown/audit.ts';
import type { Check, OpenNotice } from './check.ts';
import { digestOf } from './check-digest.ts';
import { withWaitingNote } from './check-notices.ts';
import { completeCheckRun, holdCheckRun, openCheckRun } from './check-run.ts';
import { recordClicks, type Click } from './click.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import { encodeExternalId } from './external-id.ts';
import { listCheckRuns, listGroupRuns, readCheckText, type KnownCheckRun } from './known-check-runs.ts';
import { joinSharers } from './shared-head.ts';

/** What is checked, for which App; `again`: somebody asked for it, a new run even where it says the same. */
export interface CheckSubject {
  readonly appId: number;
  readonly headSha: string;
  readonly again: boolean;
}

/** A check that was begun. It is finished whatever happens, also with a notice; or held, and then begun again. */
export interface BegunCheck {
  /** What the newest earlier run of this pull request remembers, and the presses of buttons that came since. */
  readonly ledger: Ledger;
  /** The same as text, for notices to carry on; empty where there is none. */
  readonly memory: string;
  /** `code`: what people type to approve; it is part of what the run is about. */
  /** Has it wait, and say why: whatever was said of this commit before lets nothing through meanwhile. */
  hold(notice: OpenNotice): Promise<void>;
  finish(check: Check, options?: FinishOptions): Promise<'published' | 'unchanged'>;
}

export interface FinishOptions {
  readonly code?: string | null;
  /** What it was held against; left out where nothing was evaluated. */
  readonly basis?: string | null;
  /** How long GitHub's rate limits have held this back. */
  readonly waitedMs?: number;
}

/**
 * Begins the check of a pull request's head. A head that has no completed check gets one that is in progress at once; one
 * that has keeps it until there is something else to say, and then gets a new run, since annotations can't be taken back.
 */
export async function beginCheck(
  client: GitHubClient,
  repository: RepositoryName,
  subject: CheckSubject & { readonly number: number; readonly clicks: readonly Click[] },
): Promise<BegunCheck> {
  const { appId, clicks, headSha, number } = subject;
  const { runs, sharing } = await listCheckRuns(client, repository, number, appId);
  const onHead = runs.filter((run) => run.headSha === headSha);
  const read = (run: KnownCheckRun) => readCheckText(client, repository, run);
  const join = (check: Check) => joinSharers(check, onHead, sharing, read);
  const record = (ledger: Ledger) => recordClicks(ledger, clicks, number);
  return begin(client, repository, { subject, pullRequest: number, runs, join, record });
}

/** Begins the check of a merge group, which remembers nothing. */
export async function beginGroupCheck(
  client: GitHubClient,
  repository: RepositoryName,
  subject: CheckSubject,
): Promise<BegunCheck> {
  const runs = await listGroupRuns(client, repository, subject.headSha, subject.appId);
  const join = (check: Check) => Promise.resolve(check);
  return begin(client, repository, { subject, pullRequest: null, runs, join, record: (ledger) => ledger });
}

interface Beginning {
  readonly subject: CheckSubject;
  readonly pullRequest: number | null;
  /** Newest first, also those of other pull requests on the same commit. */
  readonly runs: readonly KnownCheckRun[];
  readonly join: (check: Check) => Promise<Check>;
  /** Adds what is to be remembered whatever comes of the evaluation. */
  readonly record: (ledger: Ledger) => Ledger;
}

async function begin(
  client: GitHubClient,
  repository: RepositoryName,
  { join, pullRequest, record, runs, subject: { again, headSha } }: Beginning,
): Promise<BegunCheck> {
  const ours = runs.filter(({ about }) => about.pullRequest === pullRequest);
  const shown = runs.find((run) => run.headSha === headSha);
  const earlier = ours.find(({ isCompleted }) => isCompleted);
  const remembered = earlier === undefined ? null : await readCheckText(client, repository, earlier);
  const before = decodeLedger(remembered?.text ?? '');
  const ledger = record(before);
  const placeOf = (code: string | null, basis: string | null) => {
    return { headSha, externalId: encodeExternalId({ pullRequest, headSha, code, basis }) };
  };

  const isOurs = shown !== undefined && ours.includes(shown);
  // One that a worker left when it died is taken over
  const left = isOurs && !shown.isCompleted ? shown.id : null;
  const openRun = left ?? (isOurs && !again ? null : await openCheckRun(client, repository, placeOf(null, null)));

  return {
    ledger,
    memory: ledger === before ? (remembered?.text ?? '') : renderAudit(ledger),
    async hold(notice) {
      await holdCheckRun(client, repository, placeOf(null, null), notice, openRun);
    },
    async finish(check, { code = null, basis = null, waitedMs = 0 } = {}) {
      const place = placeOf(code, basis);
      const joined = await join(check);
      const isSame =
        remembered?.seal?.digest === digestOf(check, place.externalId) &&
        earlier?.conclusion?.toLowerCase() === joined.conclusion;
      if (isSame && openRun === null && earlier === shown) return 'unchanged';
      const said = withWaitingNote(joined, waitedMs);
      await completeCheckRun(client, repository, place, said, { openRun, sealAs: check });
      return 'published';
    },
  };
}
