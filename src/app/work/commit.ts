import { spread } from './spread.ts';
import type { Work } from './work.ts';

/** All checks of a commit are to run again: the pull requests that it is the head of, by what our check runs say. */
export const lookAtCommit: Work<'commit'> = async ([{ installationId, repository, sha }], tools, signal) => {
  const client = await tools.clients.installation(installationId, signal);
  const numbers = await tools.publisher.aboutCommit(client, repository, sha);
  const pullRequests = numbers.map((number) => {
    return {
      kind: 'pull-request',
      installationId,
      repository,
      number,
      again: true,
      click: null,
      receivedAt: null,
    } as const;
  });
  await tools.queue.add(spread(pullRequests, `again/${sha}/${tools.now()}`));
  return `${numbers.length} pull requests to look at again`;
};
