import { z } from 'zod';
import { misfit, repositoryEvent, unusedAction, type EventReader } from './event.ts';

const InstallationEvent = z.object({ action: z.string(), installation: z.object({ id: z.int() }) });

/** The App was installed, or may do more than before: whatever is open is looked at. */
export const readInstallationEvent: EventReader = ({ payload }) => {
  const { data, error } = InstallationEvent.safeParse(payload);
  if (data === undefined) return misfit(error);
  const { action, installation } = data;
  if (!['created', 'unsuspend', 'new_permissions_accepted'].includes(action)) {
    return unusedAction({ action });
  }
  return [{ kind: 'installation', installationId: installation.id }];
};

const RepositoriesEvent = InstallationEvent.extend({
  repositories_added: z.array(z.object({ full_name: z.string() })).default([]),
});

/** Repositories that an installation was given. */
export const readInstallationRepositoriesEvent: EventReader = ({ payload }) => {
  const { data, error } = RepositoriesEvent.safeParse(payload);
  if (data === undefined) return misfit(error);
  if (data.repositories_added.length === 0) return { ignored: 'no repository was added' };
  return data.repositories_added.map(({ full_name }) => {
    const [owner = '', repo = ''] = full_name.split('/');
    return { kind: 'repository', installationId: data.installation.id, repository: { owner, repo } };
  });
};

const RepositoryEvent = z.object({ changes: z.object({ default_branch: z.unknown() }).partial().optional() });

/** A repository whose pull requests were out of reach, or stood under another name. */
export const readRepositoryEvent = repositoryEvent(RepositoryEvent, ({ changes }, { action, ofRepository }) => {
  // Every pull request is held against the default branch
  const isOtherDefault = action === 'edited' && changes?.default_branch !== undefined;
  if (!isOtherDefault && !['renamed', 'transferred', 'unarchived'].includes(action)) {
    return unusedAction({ action });
  }
  return [{ kind: 'repository', ...ofRepository }];
});
