import type { Evaluation } from '../core/report/evaluation.ts';
import type { Inputs } from './inputs.ts';

/** Whether the verdict is one that fails the job, as the inputs have it. */
export function failsJob({ verdict, findings, policy }: Evaluation, { 'fail-on': failOn, mode }: Inputs): boolean {
  if (mode === 'report' || failOn === 'never' || !policy.enforce) return false;
  if (verdict === 'fail') return true;
  if (verdict === 'waiting') return failOn !== 'error';
  if (failOn === 'notice') return findings.some(({ level }) => level === 'notice' || level === 'warning');
  return failOn === 'warning' && findings.some(({ level }) => level === 'warning');
}
