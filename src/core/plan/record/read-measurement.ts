import { measure, type LoggedStep } from './columns.ts';
import { parseYaml } from '../../document/parse-yaml.ts';
import type { Measurement } from './measurement.ts';
import { mlflowRunSeconds, readMlflowMetric } from './read-mlflow.ts';
import { readTrainingLog } from './read-training-log.ts';

/**
 * Reads what a run left behind: the Hugging Face Trainer's `trainer_state.json`, `wandb-summary.json` and `config.yaml` of
 * Weights & Biases, metrics and `meta.yaml` of MLflow, logs of torchtitan and Megatron-LM, JSON lines, or CSV with a
 * header. Null for text that is none of them. The path tells files of MLflow and YAML.
 */
export function readMeasurement(text: string, path = ''): Measurement | null {
  const content = text.replace(/^\uFEFF/, '').trim();
  const metric = readMlflowMetric(path, content);
  if (metric !== null) return metric;
  if (/\.ya?ml$/i.test(path)) return readYaml(content);
  if (content.startsWith('{')) return readJson(content);
  return readTrainingLog(content) ?? (content.includes(',') ? measure(csvSteps(content)) : null);
}

function readJson(content: string): Measurement | null {
  const whole = parse(content);
  if (whole !== null) return Array.isArray(whole['log_history']) ? trainerState(whole) : measure([stepOf(whole)]);
  const lines = content.split('\n').map(parse);
  return lines.some((line) => line === null) ? null : measure(lines.map((line) => stepOf(line ?? {})));
}

/** W&B writes `max_steps: { value: 1000 }` for each setting, MLflow when a run started and ended. */
function readYaml(content: string): Measurement | null {
  const value = parseYaml('export.yaml', content).document?.value;
  if (!isRecord(value)) return null;
  const settings = Object.entries(value).map(([key, setting]): [string, unknown] => [
    key,
    isRecord(setting) && 'value' in setting ? setting['value'] : setting,
  ]);
  return mlflowRunSeconds(value) ?? measure([stepOf(Object.fromEntries(settings))]);
}

/** transformers, `TrainerState`: `log_history` with one entry a logged step, the last with the run's totals. */
function trainerState(state: Readonly<Record<string, unknown>>): Measurement {
  const history = state['log_history'];
  const entries = (Array.isArray(history) ? history : []).filter(isRecord);
  const measured = measure(entries.map(stepOf));
  const totals = entries.map(memoryTracked).filter((bytes) => bytes !== null);
  const tracked = totals.length === 0 ? {} : { allocated: Math.max(...totals) };
  return {
    ...measured,
    peaks: { ...tracked, ...measured.peaks },
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

/** W&B nests some figures once: `_wandb: { runtime: 60 }`. */
function stepOf(entry: Readonly<Record<string, unknown>>): LoggedStep {
  const flat = Object.entries(entry).flatMap(([column, value]): [string, unknown][] =>
    isRecord(value)
      ? Object.entries(value).map(([inner, figure]) => [`${column}/${inner}`, figure])
      : [[column, value]],
  );
  const figures = flat.map(([column, value]) => [column, numberOf(value)] as const);
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
  // nvidia-smi repeats the unit of the header: `45000 MiB`
  const number = Number(typeof value === 'string' ? value.replace(/ (?:MiB|%|W|MHz)$/, '') : value);
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
