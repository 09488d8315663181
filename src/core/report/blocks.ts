import type { Evaluation } from './evaluation.ts';

/** Whether the verdict holds the pull request back: not a pass, and not one that the policy only reports. */
export function blocks({ verdict, policy }: Pick<Evaluation, 'verdict' | 'policy'>): boolean {
  return policy.enforce && verdict !== 'pass';
}
