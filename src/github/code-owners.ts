import { codeownersPaths, ownersOf, type Owners } from '../core/policy/codeowners.ts';
import type { Evaluation } from '../core/report/evaluation.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * Who owns what waits for approval, by CODEOWNERS at the base: a pull request can't name its own owners. A config that
 * is moved has to be approved by the owners of both places. null where the policy does not ask for owners.
 */
export async function readOwners(
  base: Workspace,
  { policy, scope, pairs }: Pick<Evaluation, 'policy' | 'scope' | 'pairs'>,
): Promise<readonly Owners[] | null> {
  if (!policy.approvers.some(({ codeowners }) => codeowners)) return null;
  const files = await base.read(codeownersPaths);
  const file = codeownersPaths.map((path) => files.get(path)).find((content) => content !== undefined);
  const waiting = scope.items.flatMap(({ path }) => path ?? []);
  const moved = pairs.filter(({ path }) => waiting.includes(path)).flatMap(({ previousPath }) => previousPath ?? []);
  return ownersOf(file !== undefined && 'text' in file ? file.text : null, [...waiting, ...moved]);
}
