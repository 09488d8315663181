import { jobOf } from '../events/jobs-of.ts';
import type { Subject } from '../events/subject.ts';
import type { SubjectOf } from './work.ts';
import type { Job } from '../queue/queue.ts';

/** Between two pull requests that nobody waits for: a hundred take a minute and a half, and no rate limit. */
const apartMs = 1000;

/**
 * Jobs that follow from another, in the background and one after the other. `cause` is what makes their ids: what has
 * the same cause is asked for once, however often it is worked on.
 */
export function spread(subjects: readonly Subject[], cause: string): Job[] {
  return subjects.map((subject, index) => {
    const job = jobOf(subject);
    return { ...job, id: `${cause}/${job.key}`, urgency: 'background', delayMs: index * apartMs };
  });
}

/** What was just written is in GitHub's lists a moment later: two that wait for each other must not ask all the time. */
const listedAfterMs = 1000;

/** Has pull requests looked at once more, soon: somebody waits for what others with their head come to. */
export function lookAgainAt(
  of: Pick<SubjectOf<'pull-request'>, 'installationId' | 'repository'>,
  numbers: readonly number[],
  now: number,
): Job[] {
  return numbers.map((number) => {
    const job = jobOf({ kind: 'pull-request', ...of, number, again: true });
    return { ...job, id: `head/${now}/${job.key}`, delayMs: listedAfterMs };
  });
}
