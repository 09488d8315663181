import { counted } from '../../core/report/counted.ts';
import { listOpenPullRequests } from './open-pull-requests.ts';
import { spread } from './spread.ts';
import type { Work } from './work.ts';

/** A repository that the App was given, or that came back: all its open pull requests are looked at. */
export const lookAtRepository: Work<'repository'> = async ([subject], tools, signal, _, cause) => {
  const client = await tools.clients.sweep.installation(subject.installationId, signal);
  const pullRequests = await listOpenPullRequests(client, subject);
  await tools.queue.add(spread(pullRequests, cause));
  return `${counted(pullRequests.length, 'pull request')} to look at`;
};
