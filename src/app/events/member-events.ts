import { z } from 'zod';
import { misfit, repositoryEvent, unusedAction, type EventReader } from './event.ts';

/** Somebody has another role in a repository, or none any more: approvals there may count no more. */
export const readMemberEvent = repositoryEvent(z.object({}), (_, { action, ofRepository }) => {
  if (!['edited', 'removed'].includes(action)) return unusedAction({ action });
  return [{ kind: 'repository', ...ofRepository }];
});

const TeamEvent = z.object({ action: z.string(), installation: z.object({ id: z.int() }) });

/** Somebody left a team, or a team lost a repository or its name: that may concern any repository. */
export const readTeamEvent: EventReader = ({ payload }) => {
  const { data, error } = TeamEvent.safeParse(payload);
  if (data === undefined) return misfit(error);
  const { action, installation } = data;
  if (!['deleted', 'edited', 'removed', 'removed_from_repository'].includes(action)) return unusedAction({ action });
  return [{ kind: 'approvals', installationId: installation.id }];
};
