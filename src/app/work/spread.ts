import { jobOf } from '../events/jobs-of.ts';
import type { Subject } from '../events/subject.ts';
import type { Job } from '../queue/queue.ts';

/** Between two pull requests that nobody waits for: a hundred take a minute and a half, and no rate limit. */
const apartMs = 1000;

/**
 * Jobs that follow from another, in the background and one after the other. `cause` is what makes their ids: the same
 * push or installation asks once, however often it is worked on.
 */
export function spread(subjects: readonly Subject[], cause: string): Job[] {
  return subjects.map((subject, index) => {
    const job = jobOf(subject);
    return { ...job, id: `${cause}/${job.key}`, urgency: 'background', delayMs: index * apartMs };
  });
}
