import { siblingsOf } from '../catalog/model.ts';
import type { DescribedRun } from '../estimate/described-run.ts';
import { figuresOf } from '../estimate/figures.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import { askFor, fits, type Changes, type ConfigQuestion } from './ask.ts';
import { fittingGpus } from './fitting-gpus.ts';
import { largest } from './largest.ts';
import { largestMicroBatch } from './largest-micro-batch.ts';
import { scaledModel } from './scaled-model.ts';

/** How far one thing goes when nothing else changes. */
export interface Maximum {
  readonly what: 'micro_batch' | 'context' | 'model' | 'gpus' | 'gpu';
  /** What is largest, fewest or cheapest; null where nothing is. */
  readonly value: string | number | null;
  /** The run with it, estimated like any other. */
  readonly estimated: EstimatedRun | null;
  /** What to know of it, or why there is none. */
  readonly note: string | null;
}

/** The config as it stands, and how far each thing goes. */
export interface Maxima {
  readonly path: string;
  readonly asked: EstimatedRun;
  readonly maxima: readonly Maximum[];
  /** Why nothing can be said; null where it can. */
  readonly reason: string | null;
}

/**
 * How far a config goes on its GPU: the largest micro batch, the longest context, the largest model of its family, the
 * fewest GPUs and the cheapest GPU that is fast enough: within `mostHours`, or else as fast as its own. Each answer is
 * the config with that one fact set, read and estimated again. Null for a file that is no config that could be read.
 */
export function findMaxima(question: ConfigQuestion, mostHours: number | null = null): Maxima | null {
  const asked = askFor(question);
  if (asked === null) return null;
  const { path } = question;
  const { run, limit, estimate } = asked;
  const { model, parameters } = run;
  const unknown = (reason: string) => ({ path, asked, maxima: [], reason });
  if (model === null || parameters === null || estimate.memory === null)
    return unknown('its memory cannot be known; see what is unknown');
  if (limit === null) return unknown('no GPU is known for it: name one with --gpu');
  const described = { ...run, model, parameters };
  return {
    path,
    asked,
    maxima: [
      microBatch(question, described, limit.usableBytes),
      context(question),
      ofFamily(question, described),
      fewestGpus(question, described),
      cheapestGpu(question, asked, described, mostHours),
    ],
    reason: null,
  };
}

/** Of the sizes that divide a stated global batch, where there is one. */
function microBatch(question: ConfigQuestion, run: DescribedRun, usableBytes: number): Maximum {
  const most = largestMicroBatch(run, usableBytes) ?? 0;
  const { globalBatchSize: global } = run.training;
  const { data } = run.parallelism;
  const isStated = run.facts['training.global_batch_size'] !== undefined && global !== null && data !== null;
  const sizes = isStated ? divisors(global / data).filter((size) => size <= most) : [most].filter((size) => size > 0);
  for (const size of sizes.toReversed()) {
    const estimated = askFor(question, { 'training.micro_batch_size': size });
    if (estimated === null || !fits(estimated)) continue;
    const note = size < most ? `${most} fit, and do not divide the global batch of ${global ?? 0}` : null;
    return { what: 'micro_batch', value: size, estimated, note };
  }
  return none('micro_batch', 'not even 1 sequence fits');
}

function divisors(whole: number): number[] {
  if (!Number.isInteger(whole) || whole > 1e6) return [];
  const found: number[] = [];
  for (let size = 1; size <= whole; size++) if (whole % size === 0) found.push(size);
  return found;
}

/** Kernels and context parallelism want round numbers of tokens. */
const contextStep = 256;
const longestContext = 1 << 24;

function context(question: ConfigQuestion): Maximum {
  const at = (steps: number): EstimatedRun | null =>
    askFor(question, { 'training.sequence_length': steps * contextStep });
  const steps = largest(longestContext / contextStep, (count) => isFit(at(count)));
  if (steps === 0) return none('context', `not even ${contextStep} tokens fit`);
  return { what: 'context', value: steps * contextStep, estimated: at(steps), note: null };
}

/** Of published models those of the same name in another size, else one of the same proportions. */
function ofFamily(question: ConfigQuestion, run: DescribedRun): Maximum {
  const siblings = run.modelId === null ? [] : siblingsOf(run.modelId);
  for (const id of siblings) {
    const estimated = askFor(question, { 'model.id': id });
    if (isFit(estimated)) return { what: 'model', value: id, estimated, note: null };
  }
  if (siblings.length > 0) return none('model', `not even ${siblings.at(-1) ?? ''} fits`);
  if (run.modelId !== null) return none('model', 'the catalog has no family of this model');
  const sizes = Array.from({ length: 512 }, (_, index) => scaledModel(run.model, index + 1, run.parallelism)).filter(
    (size) => size !== null,
  );
  const at = (count: number): EstimatedRun | null => askFor(question, sizes[count - 1] ?? {});
  const count = largest(sizes.length, (size) => isFit(at(size)));
  const size = sizes[count - 1];
  const estimated = size === undefined ? null : at(count);
  if (size === undefined || estimated === null) return none('model', 'no smaller model of the same proportions fits');
  return { what: 'model', value: estimated.run.parameters?.total ?? null, estimated, note: proportions(size) };
}

function proportions(size: Changes): string {
  const { 'model.hidden_size': width, 'model.num_layers': layers, 'model.num_attention_heads': heads } = size;
  return `of the same proportions: hidden_size ${width ?? 0}, ${layers ?? 0} layers, ${heads ?? 0} heads`;
}

/** Numbers of GPUs that people rent, up to a large cluster. */
const counts = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 2048, 4096, 8192];

function fewestGpus(question: ConfigQuestion, { parallelism, hardware }: DescribedRun): Maximum {
  const ways = parallelism.tensor * parallelism.pipeline * parallelism.context;
  const known = hardware.count === null ? counts : [...new Set([...counts, hardware.count])].sort((a, b) => a - b);
  for (const count of known.filter((number) => number % ways === 0)) {
    const estimated = askFor(question, { 'hardware.count': count });
    if (isFit(estimated)) return { what: 'gpus', value: count, estimated, note: null };
  }
  return none('gpus', 'more of the same GPUs do not make it fit: each holds as much as one does');
}

function cheapestGpu(
  question: ConfigQuestion,
  asked: EstimatedRun,
  run: DescribedRun,
  mostHours: number | null,
): Maximum {
  const candidates = fittingGpus(run, question.guards).flatMap(({ name }) => {
    const estimated = askFor(question, { 'hardware.gpu': name });
    return estimated !== null && fits(estimated) ? [{ name, estimated }] : [];
  });
  const found = candidates.find(({ estimated }) => isFastEnough(estimated, asked, mostHours));
  if (found !== undefined) return { what: 'gpu', value: found.name, estimated: found.estimated, note: null };
  const why = candidates.length === 0 ? 'it fits on no GPU with a list price' : 'none on which it fits is fast enough';
  return none('gpu', why);
}

function isFastEnough(estimated: EstimatedRun, asked: EstimatedRun, mostHours: number | null): boolean {
  if (mostHours !== null) return (figuresOf(estimated).wallClockHours ?? Infinity) <= mostHours;
  const speedOf = ({ estimate }: EstimatedRun): number => estimate.compute?.tokensPerSecondPerGpu ?? 0;
  return speedOf(estimated) >= speedOf(asked);
}

function isFit(estimated: EstimatedRun | null): estimated is EstimatedRun {
  return estimated !== null && fits(estimated);
}

function none(what: Maximum['what'], note: string): Maximum {
  return { what, value: null, estimated: null, note };
}
