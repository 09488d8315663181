import type { Job } from '../queue/queue.ts';
import { readMergeGroupEvent, readPushEvent } from './branch-events.ts';
import { readCheckRunEvent, readCheckSuiteEvent } from './check-events.ts';
import type { Delivery, EventReader } from './event.ts';
import {
  readInstallationEvent,
  readInstallationRepositoriesEvent,
  readRepositoryEvent,
} from './installation-events.ts';
import { readMemberEvent, readTeamEvent } from './member-events.ts';
import { readCommentEvent, readPullRequestEvent, readReviewEvent } from './pull-request-events.ts';
import { keyOf, type Subject } from './subject.ts';

const readers: Readonly<Record<string, EventReader>> = {
  check_run: readCheckRunEvent,
  check_suite: readCheckSuiteEvent,
  installation: readInstallationEvent,
  installation_repositories: readInstallationRepositoriesEvent,
  issue_comment: readCommentEvent,
  member: readMemberEvent,
  membership: readTeamEvent,
  merge_group: readMergeGroupEvent,
  pull_request: readPullRequestEvent,
  pull_request_review: readReviewEvent,
  push: readPushEvent,
  repository: readRepositoryEvent,
  team: readTeamEvent,
};

/** Events that are served, by the names that GitHub has for them. */
export const servedEvents = Object.keys(readers);

/** What a delivery has us do; where that is nothing, why. */
export interface Response {
  readonly jobs: readonly Job[];
  readonly ignored: string | null;
}

/**
 * One delivery → jobs. An event only says "look again": what is published follows from what GitHub says when the job is
 * done, so that deliveries which are lost, doubled, reordered or replayed do no harm.
 */
export function jobsOf(delivery: Delivery, appId: number): Response {
  const reader = Object.hasOwn(readers, delivery.name) ? readers[delivery.name] : undefined;
  if (reader === undefined) return { jobs: [], ignored: 'the event is not used' };
  const reading = reader(delivery, appId);
  if ('ignored' in reading) return { jobs: [], ignored: reading.ignored };
  const jobs = reading.map((subject) => ({
    // One delivery may be about many repositories, each a job of its own
    id: reading.length === 1 ? delivery.id : `${delivery.id}/${keyOf(subject)}`,
    ...jobOf(subject),
  }));
  return { jobs, ignored: null };
}

/** A job for a subject, but for its id. */
export function jobOf(subject: Subject): Omit<Job, 'id'> {
  return { key: keyOf(subject), data: subject, urgency: urgencyOf(subject) };
}

/** People wait for pull requests and merge queues; the rest finds pull requests to look at, one by one. */
function urgencyOf({ kind }: Subject): Job['urgency'] {
  return ['approvals', 'installation', 'repository'].includes(kind) ? 'background' : 'now';
}
