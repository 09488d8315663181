import { gibibyte } from '../../units/bytes.ts';
import { nothingMeasured, type Measurement, type MemoryKind } from './measurement.ts';

/** One logged step: figures by the names that the trainer gives them. */
export type LoggedStep = ReadonlyMap<string, number>;

const units: Readonly<Record<string, number>> = { gib: gibibyte, mib: 2 ** 20, bytes: 1 };

/**
 * What logged steps say, by their columns' names without case and punctuation: `step`, `memory_gib`,
 * `max_reserved_memory_mib`, `memory/max_allocated(GiB)`, `elapsed_seconds`, `tokens_per_second_per_gpu`,
 * `throughput(tps)`; what Weights & Biases, nvidia-smi and DCGM call the card's memory. A memory column needs its unit;
 * GB is none, since it means both.
 */
export function measure(steps: readonly LoggedStep[]): Measurement {
  const speeds = { perGpu: [] as number[], whole: [] as number[] };
  const stepTimes: number[] = [];
  const peaks: Partial<Record<MemoryKind, number>> = {};
  let [seconds, lastStep, plannedSteps]: [number | null, number | null, number | null] = [null, null, null];
  for (const step of steps) {
    for (const [column, value] of step) {
      const name = normalize(column);
      const memory = memoryColumn(name);
      if (memory !== null) peaks[memory.kind] = Math.max(peaks[memory.kind] ?? 0, value * memory.unit);
      else if (/^(?:train_)?(?:global_)?(?:step|iteration)$/.test(name)) lastStep = Math.max(lastStep ?? 0, value);
      else if (/^(?:max_steps|train_iters|total_steps)$/.test(name)) plannedSteps = value > 0 ? value : plannedSteps;
      else if (secondsColumn.test(name)) seconds = Math.max(seconds ?? 0, value);
      else if (/^(?:iteration_time|step_time_s|step_time_seconds|seconds_per_step)$/.test(name)) stepTimes.push(value);
      else if (/^(?:tokens_per_sec(?:ond)?_per_(?:gpu|device)|throughput_tps|tps)$/.test(name))
        speeds.perGpu.push(value);
      else if (/^tokens_per_sec(?:ond)?$/.test(name)) speeds.whole.push(value);
    }
  }
  const isPerGpu = speeds.perGpu.length > 0;
  const speed = median(isPerGpu ? speeds.perGpu : speeds.whole);
  return {
    ...nothingMeasured,
    peaks: Object.fromEntries(Object.entries(peaks).filter(([, bytes]) => bytes > 0)),
    seconds,
    secondsPerStep: median(stepTimes),
    tokensPerSecond: speed === null ? null : { value: speed, isPerGpu },
    lastStep,
    plannedSteps,
  };
}

/** `_runtime` of Weights & Biases, and its "Relative Time (Process)"; `train/train_runtime` of transformers. */
const secondsColumn =
  /^(?:(?:train_)?train_runtime|(?:wandb_)?runtime|(?:elapsed|time|wall_time)_(?:s|seconds)|relative_time_(?:process|wall))$/;

function memoryColumn(name: string): { kind: MemoryKind; unit: number } | null {
  // W&B: `system.gpu.0.memoryAllocatedBytes`, which is NVML's figure of the card, under a run's name and for a window
  if (/(?:^|_)gpu_(?:process_)?\d+_memoryallocatedbytes(?:_max)?$/.test(name)) return { kind: 'device', unit: 1 };
  // NVIDIA DCGM docs, field identifiers: "Used Frame Buffer in MB", which are MiB
  if (/^(?:dcgm_fi_dev_fb_used|fbusd)(?:_mib)?$/.test(name)) return { kind: 'device', unit: 2 ** 20 };
  const unit = units[/_([a-z]+)$/.exec(name)?.[1] ?? ''];
  if (unit === undefined || !/(?:^|_)(?:memory|mem|vram)(?:_|$)/.test(name)) return null;
  if (name.includes('reserved')) return { kind: 'reserved', unit };
  if (/alloc|active/.test(name)) return { kind: 'allocated', unit };
  const isDevice = /^(?:peak_|max_)?(?:gpu_|device_)?(?:memory|mem|vram)_(?:used_)?[a-z]+$/.test(name);
  return isDevice ? { kind: 'device', unit } : null;
}

/** The end of a name counts: exports put the run's name first. */
function normalize(column: string): string {
  return column
    .slice(-100)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
}

export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
