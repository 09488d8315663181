import { gibibyte } from '../../units/bytes.ts';
import { nothingMeasured, type Measurement, type MemoryKind } from './measurement.ts';

/** One logged step: figures by the names that the trainer gives them. */
export type LoggedStep = ReadonlyMap<string, number>;

const units: Readonly<Record<string, number>> = { gib: gibibyte, mib: 2 ** 20, bytes: 1 };

/**
 * What logged steps say, by their columns' names without case and punctuation: `step`, `memory_gib`,
 * `max_reserved_memory_mib`, `memory/max_allocated(GiB)`, `elapsed_seconds`, `tokens_per_second_per_gpu`,
 * `throughput(tps)`. A memory column needs its unit; GB is none, since it means both.
 */
export function measure(steps: readonly LoggedStep[]): Measurement {
  const speeds = { perGpu: [] as number[], whole: [] as number[] };
  const peaks = new Map<MemoryKind, number>();
  let [seconds, lastStep]: [number | null, number | null] = [null, null];
  for (const step of steps) {
    for (const [column, value] of step) {
      const name = normalize(column);
      const memory = memoryColumn(name);
      if (memory !== null) peaks.set(memory.kind, Math.max(peaks.get(memory.kind) ?? 0, value * memory.unit));
      else if (/^(?:global_)?step$/.test(name)) lastStep = Math.max(lastStep ?? 0, value);
      else if (/^(?:train_runtime|(?:elapsed|time|wall_time)_(?:s|seconds))$/.test(name))
        seconds = Math.max(seconds ?? 0, value);
      else if (/^(?:tokens_per_second_per_gpu|throughput_tps|tps)$/.test(name)) speeds.perGpu.push(value);
      else if (name === 'tokens_per_second') speeds.whole.push(value);
    }
  }
  const isPerGpu = speeds.perGpu.length > 0;
  const speed = median(isPerGpu ? speeds.perGpu : speeds.whole);
  return {
    ...nothingMeasured,
    memory: fullest(peaks),
    seconds,
    tokensPerSecond: speed === null ? null : { value: speed, isPerGpu },
    lastStep,
  };
}

function memoryColumn(name: string): { kind: MemoryKind; unit: number } | null {
  const unit = units[/_([a-z]+)$/.exec(name)?.[1] ?? ''];
  if (unit === undefined || !/(?:^|_)(?:memory|mem|vram)(?:_|$)/.test(name)) return null;
  if (name.includes('reserved')) return { kind: 'reserved', unit };
  if (/alloc|active/.test(name)) return { kind: 'allocated', unit };
  return /^(?:peak_|max_)?(?:gpu_|device_)?(?:memory|mem|vram)_[a-z]+$/.test(name) ? { kind: 'device', unit } : null;
}

/** The figure nearest to what the card shows. */
function fullest(peaks: ReadonlyMap<MemoryKind, number>): Measurement['memory'] {
  for (const kind of ['device', 'reserved', 'allocated'] as const) {
    const bytes = peaks.get(kind);
    if (bytes !== undefined && bytes > 0) return { kind, bytes };
  }
  return null;
}

function normalize(column: string): string {
  return column
    .slice(0, 100)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
