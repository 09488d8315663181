import type { GpuSpec } from '../../../run/hardware.ts';
import { formatGib } from '../../../units/bytes.ts';
import { lineOf } from '../../cause.ts';
import type { Complaint, RunPair } from '../../rule.ts';

/**
 * A config that names a bigger GPU than the plan has a bigger limit by that. What does not fit the plan's GPU waits,
 * unless the policy itself states the other one for its files.
 */
export function beyondPlanGpu(pair: RunPair, planGpu: GpuSpec | null): readonly Complaint[] {
  const { run, estimate } = pair.head ?? {};
  const gpu = run?.hardware.gpu ?? null;
  const peakBytes = estimate?.memory?.peakBytes ?? 0;
  if (gpu === null || planGpu === null || gpu.name === planGpu.name) return [];
  if (run?.facts['hardware.gpu']?.authority === 'policy') return [];
  if (peakBytes <= (planGpu.usableMemoryBytes ?? planGpu.memoryBytes)) return [];
  return [
    {
      cause: 'another GPU than the plan',
      badness: peakBytes,
      place: lineOf(pair, ['hardware.gpu']),
      message: `The run needs ${formatGib(peakBytes)} per GPU: more than the plan's ${planGpu.name} has. It states ${gpu.name}.`,
      action: `Ask an approver to approve the other GPU, or state it for these files in the policy's assumptions.`,
    },
  ];
}
