import { listOpenPullRequests } from './open-pull-requests.ts';
import { spread } from './spread.ts';
import type { Work } from './work.ts';

/** A repository that the App was given, or that came back: all its open pull requests are looked at. */
export const lookAtRepository: Work<'repository'> = async ([{ installationId, repository }], tools, signal) => {
  const client = await tools.clients.sweep.installation(installationId, signal);
  const numbers = await listOpenPullRequests(client, repository);
  const pullRequests = numbers.map((number) => {
    return {
      kind: 'pull-request',
      installationId,
      repository,
      number,
      again: false,
      click: null,
    } as const;
  });
  await tools.queue.add(spread(pullRequests, `repository/${tools.now()}`));
  return `${numbers.length} pull requests to look at`;
};
