import type { GpuSpec } from '../run/hardware.ts';
import type { TrainingRun } from '../run/training-run.ts';
import { gibibyte } from '../units/bytes.ts';
import { nameOfFiles, policiesFor, settingOf } from './for-files.ts';
import type { Policy } from './policy.ts';
import type { MemoryLimit } from './rule.ts';
import { memoryLimit as rule, MemoryLimitOptions } from './rules/memory-limit/memory-limit.ts';

/**
 * How much memory per GPU a run may take: what its own GPU has, and no more than the policy allows for its file. Where
 * it names no GPU the plan's counts, and where nobody knows one a usual one is assumed. A bigger GPU is a bigger limit
 * and costs more: growth, budget and the plan's assumptions see to that.
 *
 * Where nobody has said what a process can really use, the whole memory counts as usable.
 */
export function memoryLimit(run: TrainingRun, planGpu: GpuSpec | null, policy: Policy): MemoryLimit {
  const own = limitOfRun(run, planGpu) ?? limitOfPlan(planGpu);
  // Who asks what another GPU would do is held against that one
  if (own !== null && run.facts['hardware.gpu']?.authority === 'command-line') return own;
  const allowed = limitOfPolicy(policy, run.path);
  if (own === null || allowed === null) return own ?? allowed ?? usual;
  return own.usableBytes < allowed.usableBytes ? own : allowed;
}

function limitOfRun({ hardware: { gpu } }: TrainingRun, planGpu: GpuSpec | null): MemoryLimit | null {
  if (gpu === null) return null;
  if (gpu.name === planGpu?.name) return limitOfPlan(planGpu);
  return limitOfGpu(gpu, `the run's GPU, ${gpu.name}${planGpu === null ? '' : `; the plan's is ${planGpu.name}`}`);
}

/** The card that most published recipes were made for, and what a process can use of an 80 GB one. */
const usual: MemoryLimit = {
  limitBytes: 80 * gibibyte,
  usableBytes: 79.25 * gibibyte,
  source: 'a usual GPU of 80 GB, since none is named',
  assumed: { smallestGpus: [] },
};

function limitOfPolicy(policy: Policy, path: string): MemoryLimit | null {
  const parts = policiesFor(policy, path);
  const { limit_gib: gib } = MemoryLimitOptions.parse(settingOf(policy, rule, parts).options);
  if (gib === undefined) return null;
  const part = parts.findLast(({ rules }) => rules[rule.name]?.options['limit_gib'] !== undefined);
  const source = part === undefined ? 'the policy' : `the policy for ${nameOfFiles(part.files)}`;
  return { limitBytes: gib * gibibyte, usableBytes: gib * gibibyte, source };
}

function limitOfPlan(gpu: GpuSpec | null): MemoryLimit | null {
  return gpu === null ? null : limitOfGpu(gpu, `the plan's GPU, ${gpu.name}`);
}

function limitOfGpu(gpu: GpuSpec, source: string): MemoryLimit {
  return { limitBytes: gpu.memoryBytes, usableBytes: gpu.usableMemoryBytes ?? gpu.memoryBytes, source };
}
