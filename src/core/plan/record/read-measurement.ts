import { measure, type LoggedStep } from './columns.ts';
import { nothingMeasured, type Measurement } from './measurement.ts';

/**
 * Reads what a run left behind: the Hugging Face Trainer's `trainer_state.json`, JSON lines, or CSV with a header.
 * Null for text that is none of them.
 */
export function readMeasurement(text: string): Measurement | null {
  const content = text.replace(/^\uFEFF/, '').trim();
  if (!content.startsWith('{')) return content.includes(',') ? measure(csvSteps(content)) : null;
  const whole = parse(content);
  if (whole !== null) return Array.isArray(whole['log_history']) ? trainerState(whole) : measure([stepOf(whole)]);
  const lines = content.split('\n').map(parse);
  return lines.some((line) => line === null) ? null : measure(lines.map((line) => stepOf(line ?? {})));
}

/** transformers, `TrainerState`: `log_history` with one entry a logged step, the last with the run's totals. */
function trainerState(state: Readonly<Record<string, unknown>>): Measurement {
  const history = state['log_history'];
  const entries = (Array.isArray(history) ? history : []).filter(isRecord);
  const measured = measure(entries.map(stepOf));
  const totals = entries.map(memoryTracked).filter((bytes) => bytes !== null);
  const tracked = totals.length === 0 ? null : { kind: 'allocated' as const, bytes: Math.max(...totals) };
  return {
    ...measured,
    memory: measured.memory ?? tracked,
    lastStep: numberOf(state['global_step']) ?? measured.lastStep,
    plannedSteps: numberOf(state['max_steps']),
  };
}

/**
 * With `skip_memory_metrics: false` the Trainer logs what each stage adds, in bytes; together they are the peak
 * (transformers, `Trainer.log_metrics`).
 */
function memoryTracked(entry: Readonly<Record<string, unknown>>): number | null {
  const stages = [
    'before_init_mem_gpu',
    'init_mem_gpu_alloc_delta',
    'train_mem_gpu_alloc_delta',
    'train_mem_gpu_peaked_delta',
  ];
  const parts = stages.map((stage) => numberOf(entry[stage]));
  if (parts.some((part) => part === null)) return null;
  return parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
}

function stepOf(entry: Readonly<Record<string, unknown>>): LoggedStep {
  const figures = Object.entries(entry).map(([column, value]) => [column, numberOf(value)] as const);
  return new Map(figures.flatMap(([column, value]) => (value === null ? [] : [[column, value] as const])));
}

/** Comma-separated, with a header; cells may be quoted (RFC 4180), but not broken over lines. */
function csvSteps(content: string): LoggedStep[] {
  const [header = [], ...rows] = content
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,"]*))/g)].map(([, quoted, plain]) => (quoted ?? plain ?? '').trim()),
    );
  return rows.map((cells) => {
    const figures = header.map(
      (column, index) => [column, numberOf(cells[index] === '' ? null : cells[index])] as const,
    );
    return new Map(figures.flatMap(([column, value]) => (value === null ? [] : [[column, value] as const])));
  });
}

function numberOf(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What several files say together: each figure has to come from one of them. */
export function combine(measurements: readonly Measurement[]): Measurement {
  return measurements.reduce<Measurement>(
    (all, one) => ({
      memory: all.memory ?? one.memory,
      seconds: all.seconds ?? one.seconds,
      tokensPerSecond: all.tokensPerSecond ?? one.tokensPerSecond,
      lastStep: all.lastStep ?? one.lastStep,
      plannedSteps: all.plannedSteps ?? one.plannedSteps,
    }),
    nothingMeasured,
  );
}
