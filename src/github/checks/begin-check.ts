import { decodeLedger } from '../../core/policy/approvals/ledger-text.ts';
import type { Ledger } from '../../core/policy/approvals/ledger.ts';
import { renderAudit } from '../../core/report/outputs/markdown/audit.ts';
import { isBasisOf } from '../reading/basis.ts';
import type { Check, OpenNotice } from './check.ts';
import { digestOf, unsealText } from './check-digest.ts';
import { withWaitingNote } from './check-notices.ts';
import { completeCheckRun, holdCheckRun, openCheckRun, retireCheckRun } from './check-run.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import { encodeExternalId } from './external-id.ts';
import { listGroupRuns, readCheckText, type KnownCheckRun } from './known-check-runs.ts';
import type { LastRuns } from './last-runs.ts';
import { statusOf } from '../http/status-of.ts';

/** What is checked, for which App; `again`: somebody asked for it, a new run even where it says the same. */
export interface CheckSubject {
  readonly appId: number;
  readonly headSha: string;
  readonly again: boolean;
}

/** The pull request that is checked, and what is known of it. */
export interface PullRequestSubject extends CheckSubject {
  readonly number: number;
  readonly baseRef: string;
  /** Of this App on its commits, newest first. */
  readonly runs: readonly KnownCheckRun[];
  /** What some of them say, by id. */
  readonly texts?: ReadonlyMap<number, string>;
  /** Adds what is to be remembered whatever comes of the evaluation. */
  readonly record: (ledger: Ledger) => Ledger;
}

/** A check that was begun. It is finished whatever happens, also with a notice; or held, and then begun again. */
export interface BegunCheck {
  /** What the newest earlier run of this pull request remembers, and what is new since. */
  readonly ledger: Ledger;
  /** The same as text, for notices to carry on; empty where there is none. */
  readonly memory: string;
  /** Whether there is a run that waits to be finished. */
  readonly isShown: () => boolean;
  /** Shows that the commit is being looked at, where nothing shows it yet. */
  show(): Promise<void>;
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
  /** What is said in its place since others share the commit. */
  readonly joined?: Check;
}

/**
 * Begins the check of a pull request's head. A success that may not be its own any more is taken back at once: one of
 * another pull request, or of another base. Anything else stays until there is something else to say, and then gets a new
 * run, since annotations can't be taken back.
 */
export async function beginCheck(
  client: GitHubClient,
  repository: RepositoryName,
  { number, runs, ...subject }: PullRequestSubject,
  lastRuns?: LastRuns,
): Promise<BegunCheck> {
  const known = lastRuns === undefined ? runs : lastRuns.withLast(repository, number, runs);
  const onPublished = (run: KnownCheckRun) => lastRuns?.note(repository, number, run);
  return begin(client, repository, { ...subject, pullRequest: number, runs: known, onPublished });
}

/** Begins the check of a merge group, which remembers nothing. */
export async function beginGroupCheck(
  client: GitHubClient,
  repository: RepositoryName,
  subject: CheckSubject,
): Promise<BegunCheck> {
  const runs = await listGroupRuns(client, repository, subject.headSha, subject.appId);
  const record = (ledger: Ledger) => ledger;
  return begin(client, repository, { ...subject, pullRequest: null, baseRef: null, runs, record });
}

interface Beginning extends CheckSubject {
  readonly pullRequest: number | null;
  readonly baseRef: string | null;
  /** Newest first, also those of other pull requests on the same commit. */
  readonly runs: readonly KnownCheckRun[];
  readonly texts?: ReadonlyMap<number, string>;
  readonly record: (ledger: Ledger) => Ledger;
  readonly onPublished?: (run: KnownCheckRun) => void;
}

async function begin(client: GitHubClient, repository: RepositoryName, beginning: Beginning): Promise<BegunCheck> {
  const { again, baseRef, headSha, onPublished, pullRequest, record, runs, texts = new Map() } = beginning;
  const isOfThis = ({ about }: KnownCheckRun) => about.pullRequest === pullRequest;
  const { earlier, gone, remembered } = await readNewest(client, repository, runs.filter(isOfThis), texts);
  const there = runs.filter((run) => !gone.includes(run));
  const ours = there.filter(isOfThis);
  const shown = there.find((run) => run.headSha === headSha);
  const before = decodeLedger(remembered?.text ?? '');
  const ledger = record(before);
  const placeOf = (code: string | null, basis: string | null) => {
    return { headSha, externalId: encodeExternalId({ pullRequest, headSha, code, basis }) };
  };

  const isOurs = shown !== undefined && ours.includes(shown);
  const open = ours.filter((run) => run.headSha === headSha && !run.isCompleted);
  // One that a worker left when it died is taken over
  let openRun: Promise<number> | null = isOurs && !shown.isCompleted ? Promise.resolve(shown.id) : null;
  const left = open.filter((run) => openRun === null || run !== shown);
  const basis = shown?.about.basis ?? null;
  const isOwnBase = baseRef === null || basis === null || isBasisOf(basis, baseRef);
  const isDoubtful = shown?.conclusion?.toLowerCase() === 'success' && (!isOurs || again || !isOwnBase);
  const show = async () => {
    openRun ??= openCheckRun(client, repository, placeOf(null, null));
    await openRun;
  };
  if (isDoubtful) await show();

  return {
    ledger,
    memory: ledger === before ? (remembered?.text ?? '') : renderAudit(ledger),
    isShown: () => openRun !== null,
    show,
    async hold(notice) {
      openRun = Promise.resolve(await holdCheckRun(client, repository, placeOf(null, null), notice, await openRun));
    },
    async finish(check, { code = null, basis = null, waitedMs = 0, joined = check } = {}) {
      const place = placeOf(code, basis);
      const isSame =
        remembered?.seal?.digest === digestOf(check, place.externalId) &&
        earlier?.conclusion?.toLowerCase() === joined.conclusion;
      const isToBeNew = again || openRun !== null || earlier !== shown;
      if (!isSame || isToBeNew) {
        const said = withWaitingNote(joined, waitedMs);
        const id = await completeCheckRun(client, repository, place, said, { openRun: await openRun, sealAs: check });
        const about = { pullRequest, headSha, code, basis };
        onPublished?.({ id, headSha, isCompleted: true, completedAt: null, conclusion: joined.conclusion, about });
      }
      // Whatever made them, a lost answer of GitHub's perhaps, they would say "queued" for ever
      for (const { id } of left) await retireCheckRun(client, repository, id);
      return isSame && !isToBeNew ? 'unchanged' : 'published';
    },
  };
}

/** The newest completed run that is still there, and what it remembers: GitHub deletes the oldest of a thousand. */
async function readNewest(
  client: GitHubClient,
  repository: RepositoryName,
  ours: readonly KnownCheckRun[],
  texts: ReadonlyMap<number, string>,
) {
  const gone: KnownCheckRun[] = [];
  for (const earlier of ours.filter(({ isCompleted }) => isCompleted)) {
    try {
      const text = texts.get(earlier.id);
      const remembered = text === undefined ? await readCheckText(client, repository, earlier) : unsealText(text);
      return { earlier, gone, remembered };
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      gone.push(earlier);
    }
  }
  return { earlier: undefined, gone, remembered: null };
}
