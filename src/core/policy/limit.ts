import type { GpuSpec } from '../run/hardware.ts';
import type { TrainingRun } from '../run/training-run.ts';
import { gibibyte } from '../units/bytes.ts';
import type { Policy } from './policy.ts';
import type { MemoryLimit } from './rule.ts';
import { MemoryLimitOptions } from './rules/memory-limit/memory-limit.ts';

/**
 * How much memory per GPU a run may take: the least of what the policy (else the plan) allows and what the run's own
 * GPU has. So a pull request cannot raise its limit by naming a bigger GPU, and a policy cannot lend a small GPU memory
 * that it does not have. Where neither policy, plan nor run knows a GPU a usual one is assumed.
 *
 * Where nobody has said what a process can really use, the whole memory counts as usable.
 */
export function memoryLimit(run: TrainingRun, planGpu: GpuSpec | null, policy: Policy): MemoryLimit {
  const { limit_gib: gib } = MemoryLimitOptions.parse(policy.rules['memory-limit']?.options ?? {});
  const own =
    run.hardware.gpu === null ? null : limitOfGpu(run.hardware.gpu, `the run's GPU, ${run.hardware.gpu.name}`);
  const allowed = gib === undefined ? limitOfPlan(planGpu) : limitOfPolicy(gib);
  if (own === null || allowed === null) return own ?? allowed ?? usual;
  return own.usableBytes < allowed.usableBytes ? own : allowed;
}

/** The card that most published recipes were made for, and what a process can use of an 80 GB one. */
const usual: MemoryLimit = {
  limitBytes: 80 * gibibyte,
  usableBytes: 79.25 * gibibyte,
  source: 'a usual GPU of 80 GB, since none is named',
  assumed: { smallestGpus: [] },
};

function limitOfPolicy(gib: number): MemoryLimit {
  return { limitBytes: gib * gibibyte, usableBytes: gib * gibibyte, source: 'the policy' };
}

function limitOfPlan(gpu: GpuSpec | null): MemoryLimit | null {
  return gpu === null ? null : limitOfGpu(gpu, `the plan's GPU, ${gpu.name}`);
}

function limitOfGpu(gpu: GpuSpec, source: string): MemoryLimit {
  return { limitBytes: gpu.memoryBytes, usableBytes: gpu.usableMemoryBytes ?? gpu.memoryBytes, source };
}
