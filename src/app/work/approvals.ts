import { checkName } from '../../github/checks/check.ts';
import { CurrentBasis } from '../recovery/current-basis.ts';
import { sweepInstallation } from '../recovery/sweep.ts';
import type { Work } from './work.ts';

/** Somebody left a team: pull requests whose approvals may count no more are looked at, in all repositories. */
export const lookAtApprovals: Work<'approvals'> = async ([{ installationId }], tools, signal, _, cause) => {
  const { appId, clients, log, now, queue } = tools;
  const count = await sweepInstallation(
    {
      ...{ appId, checkName, queue, signal },
      clients: clients.sweep,
      currentBasis: new CurrentBasis(),
      now: new Date(now()),
      round: cause,
      warn: (message) => {
        log.warn({}, message);
      },
    },
    installationId,
  );
  return `pull requests to look at: ${count}`;
};
