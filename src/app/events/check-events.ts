import { z } from 'zod';
import { decodeExternalId, type ExternalId } from '../../github/checks/external-id.ts';
import type { Approval } from '../../core/policy/approvals/approval.ts';
import type { ButtonAction } from '../../github/checks/check.ts';
import { repositoryEvent, unusedAction, type Delivery, type EventOrigin, type Reading } from './event.ts';
import { groupOfBranch } from './subject.ts';

const CheckRunEvent = z.object({
  check_run: z.object({
    external_id: z.string().nullable(),
    head_sha: z.string(),
    started_at: z.string(),
    completed_at: z.string().nullish(),
    app: z.object({ id: z.int() }).nullable(),
    check_suite: z.object({ head_branch: z.string().nullish() }).nullish(),
  }),
  requested_action: z.object({ identifier: z.string() }).optional(),
  sender: z.object({ login: z.string(), type: z.string().optional() }),
});
type CheckRunEvent = z.infer<typeof CheckRunEvent>;

const PressedButton = z.enum(['approve', 'recheck']) satisfies z.ZodType<ButtonAction>;

/**
 * One of our check runs: "Re-run", or a button on it. The pull request is the one that we wrote into `external_id`, since
 * GitHub names none for a fork (REST, "Create a check run").
 */
export const readCheckRunEvent = repositoryEvent(CheckRunEvent, (payload, origin, delivery, appId) => {
  const { check_run: run, requested_action: button } = payload;
  if (origin.action !== 'rerequested' && origin.action !== 'requested_action') return unusedAction(origin);
  if (run.app?.id !== appId) return { ignored: 'a check run of another app' };
  const about = decodeExternalId(run.external_id ?? '');
  if (about === null) return { ignored: 'a check run without an external_id of ours' };
  if (about.headSha !== run.head_sha) return { ignored: 'a check run whose external_id names another commit' };
  if (about.pullRequest === null) return lookAtGroup(run, origin);

  const { receivedAt } = delivery;
  const pullRequest = { kind: 'pull-request', ...origin.ofRepository, number: about.pullRequest, receivedAt } as const;
  if (origin.action === 'rerequested') return [{ ...pullRequest, again: true }];
  const action = PressedButton.safeParse(button?.identifier).data;
  if (action === undefined) return { ignored: 'a button that this version does not have' };
  if (action === 'recheck') return [{ ...pullRequest, again: true }];
  return [{ ...pullRequest, again: false, press: approvalOf(payload, about, delivery) }];
});

/** Of what the run showed that was pressed, whatever stands when it is judged. */
function approvalOf({ check_run: run, sender }: CheckRunEvent, seen: ExternalId, delivery: Delivery): Approval {
  const nothingWaited = 'was a click on a check run on which nothing waited; approve again';
  return {
    id: `click ${delivery.id}`,
    by: sender.login,
    isBot: sender.type !== 'User',
    how: 'button',
    at: delivery.receivedAt,
    // Buttons show on completed runs, but the event that GitHub publishes is of one that is not
    shownAt: run.completed_at ?? run.started_at,
    commit: seen.headSha,
    code: seen.code,
    ignoredBecause: seen.code === null ? nothingWaited : 'has not been judged yet',
  };
}

function lookAtGroup(run: CheckRunEvent['check_run'], { ofRepository }: EventOrigin): Reading {
  const group = groupOfBranch(run.check_suite?.head_branch ?? '', run.head_sha);
  return group === null ? { ignored: 'a merge group that is gone' } : [{ kind: 'merge-group', ...ofRepository, group }];
}

const CheckSuiteEvent = z.object({
  check_suite: z.object({
    head_sha: z.string(),
    head_branch: z.string().nullish(),
    app: z.object({ id: z.int() }).nullable(),
  }),
});

/** "Re-run all checks". GitHub sets up suites of its own accord; those that it only made ask for nothing. */
export const readCheckSuiteEvent = repositoryEvent(CheckSuiteEvent, ({ check_suite: suite }, origin, _, appId) => {
  if (origin.action !== 'rerequested') return unusedAction(origin);
  if (suite.app?.id !== appId) return { ignored: 'a check suite of another app' };
  return [{ kind: 'commit', ...origin.ofRepository, sha: suite.head_sha, branch: suite.head_branch ?? null }];
});
