/** What GitHub lists of one attempt to deliver an event. */
export interface Attempt {
  /** Too large for a number some day, says Octokit. */
  readonly id: number | bigint;
  /** The same for every attempt of one event. */
  readonly guid: string;
  readonly deliveredAt: Date;
  /** Of our answer; 0 where none came. */
  readonly statusCode: number;
}

/** GitHub sends nothing again that is older ("Redelivering webhooks"; 7 days on GitHub Enterprise Server). */
export const mostAgeMs = 3 * 24 * 3600_000;

const firstRetryMs = 60_000;
const mostRetryMs = 6 * 3600_000;
const mostAttempts = 10;

/**
 * The newest attempt of each delivery that is to be sent again, the oldest delivery first: those that never got a good
 * answer, each a minute after its first attempt, and after twice as long each time. What is counted is GitHub's own list,
 * so that a restart neither forgets nor repeats anything.
 */
export function deliveriesToRedeliver(
  listed: readonly Attempt[],
  isDone: (guid: string) => boolean,
  now: Date,
): readonly Attempt[] {
  return byGuid(listed.toSorted(oldestFirst))
    .filter((attempts) => !attempts.some(isAnswered) && isDue(attempts, now))
    .flatMap((attempts) => attempts.at(-1) ?? [])
    .filter(({ guid }) => !isDone(guid))
    .sort(oldestFirst);
}

function byGuid(attempts: readonly Attempt[]): readonly (readonly Attempt[])[] {
  const groups = new Map<string, Attempt[]>();
  for (const attempt of attempts) groups.set(attempt.guid, [...(groups.get(attempt.guid) ?? []), attempt]);
  return [...groups.values()];
}

function oldestFirst(one: Attempt, other: Attempt): number {
  return one.deliveredAt.getTime() - other.deliveredAt.getTime();
}

function isAnswered({ statusCode }: Attempt): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/** `attempts` are those of one delivery, the first one first. */
function isDue(attempts: readonly Attempt[], now: Date): boolean {
  const [first, last] = [attempts[0], attempts.at(-1)];
  if (first === undefined || last === undefined || attempts.length >= mostAttempts) return false;
  if (now.getTime() - first.deliveredAt.getTime() > mostAgeMs) return false;
  const waitMs = Math.min(mostRetryMs, firstRetryMs * 2 ** (attempts.length - 1));
  return now.getTime() - last.deliveredAt.getTime() >= waitMs;
}
