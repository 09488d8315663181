import { check } from '../core/check.ts';
import { ownersOf, type Owners } from '../core/policy/codeowners.ts';
import { gatherPullRequest, type PullRequestSources } from './gather.ts';
import type { GuardFiles } from './guards.ts';

type Evaluation = ReturnType<typeof check>;

/** An evaluation, and who owns what waits for approval; null where the policy does not ask for owners. */
export interface Judged extends Evaluation {
  readonly owners: readonly Owners[] | null;
}

/** Everything about one change, decided, from where it is read; `today` (`2026-11-23`) is the day by which old prices say so. */
export type Evaluate = (sources: PullRequestSources, today: string) => Promise<Judged>;

/** In the thread of whoever calls it. */
export const evaluateHere: Evaluate = async (sources, today) => {
  const evaluation = check({ ...(await gatherPullRequest(sources)), today });
  return { ...evaluation, owners: ownersOfWaiting(evaluation, sources.guards) };
};

/** By CODEOWNERS at the base: a pull request can't name its own owners. A config that is moved has those of both places. */
function ownersOfWaiting(
  { policy, scope, pairs }: Evaluation,
  { codeowners }: Pick<GuardFiles, 'codeowners'>,
): Judged['owners'] {
  if (!policy.approvers.some((slot) => slot.codeowners)) return null;
  const waiting = new Set(scope.items.flatMap(({ path }) => path ?? []));
  const moved = pairs.filter(({ path }) => waiting.has(path)).flatMap(({ previousPath }) => previousPath ?? []);
  return ownersOf(codeowners, [...waiting, ...moved]);
}
