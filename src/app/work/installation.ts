import { spread } from './spread.ts';
import type { SubjectOf, Work } from './work.ts';

const pageSize = 100;

/** The App was installed: all repositories that it was given are looked at. Archived ones take no check, and are let be. */
export const lookAtInstallation: Work<'installation'> = async ([{ installationId }], tools, signal, _, cause) => {
  const client = await tools.clients.sweep.installation(installationId, signal);
  const repositories: SubjectOf<'repository'>[] = [];
  for (let page = 1, more = true; more; page += 1) {
    const { data } = await client.request('GET /installation/repositories', { per_page: pageSize, page });
    for (const { archived, name, owner } of data.repositories) {
      if (archived) continue;
      repositories.push({ kind: 'repository', installationId, repository: { owner: owner.login, repo: name } });
    }
    more = data.repositories.length === pageSize;
  }
  await tools.queue.add(spread(repositories, cause));
  return `repositories to look at: ${repositories.length}`;
};
