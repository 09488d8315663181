import { memoryOf, type Measurement } from '../plan/record/measurement.ts';
import type { EstimatedRun } from '../policy/rule.ts';

/** One part of what a run took, measured and estimated. */
export interface MeasuredPart {
  readonly what: string;
  readonly unit: 'bytes' | 'GPU-hours';
  readonly measured: number;
  readonly estimated: number;
}

/**
 * Memory and time in the parts that a run's files tell apart: what the allocator had in use, what it held beside that, and
 * what was outside of it; steady steps, and pauses.
 */
export function measuredParts(measured: Measurement, { run, estimate }: EstimatedRun): readonly MeasuredPart[] {
  const { allocated, reserved, device } = measured.peaks;
  const { memory, compute } = estimate;
  const steady = steadyGpuHours(measured, run);
  const whole = wholeGpuHours(measured, run);
  const part = (
    what: string,
    unit: MeasuredPart['unit'],
    found: number | null | undefined,
    expected: number | null | undefined,
  ): MeasuredPart[] =>
    found == null || expected == null ? [] : [{ what, unit, measured: found, estimated: expected }];
  return [
    ...part('weights, states and activations', 'bytes', allocated, memory?.allocatedBytes),
    ...part(
      'fragmentation',
      'bytes',
      difference(reserved, allocated),
      difference(memory?.reservedBytes, memory?.allocatedBytes),
    ),
    ...part(
      'CUDA context and communicators',
      'bytes',
      difference(device, reserved),
      difference(memory?.peakBytes, memory?.reservedBytes),
    ),
    ...part('steady steps', 'GPU-hours', steady, compute?.steadyGpuHours),
    ...part('evaluation, checkpoints and restarts', 'GPU-hours', difference(whole, steady), compute?.overheadGpuHours),
  ];
}

/** All GPUs from start to end, as the wall clock has it. */
export function wholeGpuHours({ seconds }: Measurement, { hardware }: EstimatedRun['run']): number | null {
  return seconds === null || hardware.count === null ? null : (seconds * hardware.count) / 3600;
}

/** All GPUs over all steps without pauses, by the time of a step or the speed. */
export function steadyGpuHours(
  { secondsPerStep, tokensPerSecond, plannedSteps }: Measurement,
  { training, hardware }: EstimatedRun['run'],
): number | null {
  const { count } = hardware;
  const steps = plannedSteps ?? training.steps;
  if (secondsPerStep !== null && steps !== null && count !== null) return (secondsPerStep * steps * count) / 3600;
  if (tokensPerSecond === null || training.tokens === null) return null;
  const perGpu = tokensPerSecond.isPerGpu ? tokensPerSecond.value : tokensPerSecond.value / (count ?? NaN);
  return perGpu > 0 ? training.tokens / perGpu / 3600 : null;
}

/**
 * What was assumed of the run and would, taken otherwise, bring the estimate at least twice as near to what was measured;
 * null where nothing would.
 */
export function nearerReading(
  measured: Measurement,
  { estimate: { memory }, readings }: EstimatedRun,
): { readonly field: string; readonly otherwise: string; readonly bytes: number } | null {
  const found = memoryOf(measured);
  if (found === null || memory === null || readings === null) return null;
  const own = { allocated: memory.allocatedBytes, reserved: memory.reservedBytes, device: memory.peakBytes }[
    found.kind
  ];
  const off = (bytes: number): number => Math.abs(bytes - found.bytes);
  const others = readings.assumed.map(({ field, otherwise, peakBytes }) => {
    return { field, otherwise, bytes: own + peakBytes - memory.peakBytes };
  });
  const nearest = others.toSorted((a, b) => off(a.bytes) - off(b.bytes))[0];
  return nearest !== undefined && off(own) > 0.05 * found.bytes && 2 * off(nearest.bytes) < off(own) ? nearest : null;
}

function difference(whole: number | null | undefined, part: number | null | undefined): number | null {
  return whole == null || part == null ? null : Math.max(0, whole - part);
}
