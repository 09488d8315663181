import { lineChanges } from '../document/line-changes.ts';
import { setValue } from '../document/set-value.ts';
import type { DescribedRun } from '../estimate/described-run.ts';
import type { ComputeEstimate } from '../estimate/estimate.ts';
import { estimateConfig } from '../estimate-config.ts';
import type { Format } from '../formats/format.ts';
import { runOf } from '../reading/read-run.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import type { ConfigQuestion } from './ask.ts';
import type { Fit, FitAnswer } from './fit.ts';
import { fittingGpus } from './fitting-gpus.ts';
import { knobsOf, type Knob, type Settings } from './knobs.ts';
import { largestMicroBatch } from './largest-micro-batch.ts';
import { otherTrainings } from './other-trainings.ts';
import { rewrite, rewriteFields, type Rewriting } from './rewrite.ts';
import { search, type Candidate } from './search.ts';
import { turn } from './turn.ts';

export interface FitQuestion extends ConfigQuestion {
  /** DeepSpeed configs among the files, which the config could name. */
  readonly engineFiles?: readonly string[];
  /** How many fits to return at most, two or more: the last is one of which even the high end fits, where there is any. */
  readonly most: number;
}

/** Configs are written by hand; each suggestion is made by reading the file once more. */
const longestText = 64_000;

/**
 * The smallest changes that make a config fit, found by searching the knobs that its dialect can turn, and the other way
 * around: the largest micro batch and the cheapest GPU. Every fit is the file's changed text, read and estimated again
 * like any other. Null for a file that is no config that could be read.
 */
export function findFits(question: FitQuestion): FitAnswer | null {
  const { path, files, most } = question;
  const asked = readAgain(question, null);
  const text = files.text(path);
  if (asked === null || text === null) return null;
  const { run, limit, estimate } = asked;
  const nothing = {
    path,
    asked,
    fitsAlready: false,
    fits: [],
    largestMicroBatch: null,
    gpus: [],
    candidates: 0,
  };
  if (run.model === null || run.parameters === null || estimate.memory === null) {
    return { ...nothing, reason: 'its memory cannot be known; see what is unknown' };
  }
  const described = { ...run, model: run.model, parameters: run.parameters };
  const gpus = fittingGpus(described, question.guards);
  if (limit === null) return { ...nothing, gpus, reason: 'no GPU is known for it: name one with hardware.gpu' };

  const { usableBytes } = limit;
  const answer = { ...nothing, gpus, largestMicroBatch: largestMicroBatch(described, usableBytes) };
  if (estimate.memory.peakBytes <= usableBytes) return { ...answer, fitsAlready: true, reason: null };
  const { format } = runOf(path, files);
  if (format?.spell === undefined)
    return { ...answer, reason: `scalegate cannot edit configs of this format (${format?.title ?? 'unknown'}) yet` };
  if (text.length > longestText) return { ...answer, reason: 'the file is too long to be changed' };

  const source = { path, text, format, run: described, asked };
  const likely = fitsWithin(question, source, usableBytes, most);
  const isComfortable = likely.fits.length === 0 || likely.fits.some((fit) => fit.isComfortable);
  // Room for a high end as far above the peak as the present one
  const room = (usableBytes * estimate.memory.peakBytes) / estimate.memory.highBytes;
  const roomy = isComfortable ? null : fitsWithin(question, source, room, most);
  const comfortable = roomy?.fits.find((fit) => fit.isComfortable);
  const same = comfortable === undefined ? likely.fits : [...likely.fits.slice(0, most - 1), comfortable];
  const engine = withEngineFiles(question, source).slice(0, 1);
  const other = others(question, source, same.length + engine.length === 0);
  const left = Math.max(1, most - same.length - engine.length);
  const fits = [...[...same, ...engine].toSorted(bySize), ...other.slice(0, left)];
  return {
    ...answer,
    fits,
    reason: fits.length > 0 ? null : 'no setting of up to four knobs does, as far as this format can state them',
    candidates: likely.tried + (roomy?.tried ?? 0),
  };
}

/** The ways to fit within so many bytes, each read and estimated again. */
function fitsWithin(
  question: FitQuestion,
  source: Source,
  usableBytes: number,
  most: number,
): { readonly fits: readonly Fit[]; readonly tried: number } {
  const { candidates, tried } = search({ run: source.run, knobs: turnable(question, source), usableBytes });
  return { fits: verified(question, source, candidates, most), tried };
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly format: Format;
  readonly run: DescribedRun;
  readonly asked: EstimatedRun;
}

/** The config with this text, or its own, as the pipeline reads and estimates it; null where anything is wrong with it. */
function readAgain({ path, files, guards }: FitQuestion, text: string | null): EstimatedRun | null {
  const changed = text === null ? files : files.with(path, { text });
  const { estimated, problems } = estimateConfig(path, changed, guards);
  return estimated === null || (text !== null && problems.length > 0) ? null : estimated;
}

/** The knobs, each with the values that the file can state and that change nothing but what they are meant to. */
function turnable(question: FitQuestion, source: Source): Knob[] {
  const isHeard = (settings: Settings): boolean => {
    const turned = turn(source.run, settings);
    // Alone it may mean nothing, as sequence parallelism without tensor parallelism: the whole fit is read again later
    if (turned === null) return true;
    const rewriting = rewrite(source, settings, turned);
    const heard = rewriting === null ? null : readAgain(question, rewriting.text);
    return heard !== null && isSameTraining(heard, source.asked) && isSameSplit(heard, turned);
  };
  return knobsOf(source.run)
    .map((knob) => ({ ...knob, values: knob.values.filter((value) => isHeard({ [knob.field]: value })) }))
    .filter(({ values }) => values.length > 0);
}

function isSameTraining({ run: { training } }: EstimatedRun, { run: asked }: EstimatedRun): boolean {
  return training.globalBatchSize === asked.training.globalBatchSize && training.tokens === asked.training.tokens;
}

/** A key that turns sharding on may say by which engine where that was open. */
function isSameSplit({ run }: EstimatedRun, turned: DescribedRun): boolean {
  const shardingEngine = turned.parallelism.shardingEngine ?? run.parallelism.shardingEngine;
  const shown = ({ training, parallelism }: Pick<EstimatedRun['run'], 'training' | 'parallelism'>): string =>
    JSON.stringify([training.microBatchSize, training.gradientAccumulationSteps, { ...parallelism, shardingEngine }]);
  return shown(run) === shown(turned);
}

/** More candidates than this are not read again: each is a reading of the file. */
const mostReadings = 30;

function verified(question: FitQuestion, source: Source, candidates: readonly Candidate[], most: number): Fit[] {
  const fits: Fit[] = [];
  for (const candidate of candidates.slice(0, mostReadings)) {
    if (fits.length === most) break;
    const fit = fitOf(question, source, candidate);
    if (fit !== null) fits.push(fit);
  }
  return fits;
}

function fitOf(question: FitQuestion, source: Source, { settings, uncounted }: Candidate): Fit | null {
  const turned = turn(source.run, settings);
  const rewriting = turned === null ? null : rewrite(source, settings, turned);
  return rewriting === null ? null : verifiedFit(question, source, rewriting, uncounted);
}

/** The changed text read and estimated again; null where it is another training, or does not fit. */
function verifiedFit(
  question: FitQuestion,
  source: Source,
  rewriting: Rewriting,
  uncounted: readonly string[],
): Fit | null {
  const estimated = readAgain(question, rewriting.text);
  if (estimated === null || !isSameTraining(estimated, source.asked)) return null;
  const { memory, compute } = estimated.estimate;
  const usableBytes = estimated.limit?.usableBytes ?? 0;
  if (memory === null || memory.peakBytes > usableBytes) return null;
  return {
    ...rewriting,
    lines: lineChanges(source.text, rewriting.text),
    estimated,
    isComfortable: memory.highBytes <= usableBytes,
    hoursRatio: hoursRatio(source.asked.estimate.compute, compute),
    uncounted,
    difference: null,
  };
}

/** DeepSpeed files of the repository with which it fits, in dialects that hear the key; the fastest first. */
function withEngineFiles(question: FitQuestion, source: Source): Fit[] {
  const fits = (question.engineFiles ?? []).flatMap((file): Fit[] => {
    const text = setValue(source.path, source.text, ['deepspeed'], file);
    if (text === null) return [];
    const from = source.run.parallelism.sharding;
    const changes = [{ field: 'parallelism.sharding', key: 'deepspeed', from, to: file }] as const;
    const fit = verifiedFit(question, source, { text, changes }, []);
    return fit === null ? [] : [fit];
  });
  return fits.toSorted((a, b) => (a.hoursRatio ?? 1) - (b.hoursRatio ?? 1));
}

/**
 * Other trainings that fit: one change each, with the knobs of the same training turned as well where that takes it. Each
 * is read and estimated again. Shorter sequences, and adapters with further changes, only where nothing else does.
 */
function others(question: FitQuestion, source: Source, isLastResort: boolean): Fit[] {
  const wanted = otherTrainings(source.run).filter(({ field }) => isLastResort || field !== 'training.sequence_length');
  return wanted.flatMap(({ difference, ...change }): Fit[] => {
    const rewriting = rewriteFields(source, [change]);
    const asked = rewriting === null ? null : readAgain(question, rewriting.text);
    if (rewriting === null || asked === null) return [];
    const { run, limit, estimate } = asked;
    if (run.model === null || run.parameters === null || estimate.memory === null || limit === null) return [];
    const described = { ...run, model: run.model, parameters: run.parameters };
    const changed = { ...source, text: rewriting.text, run: described, asked };
    const fit =
      estimate.memory.peakBytes <= limit.usableBytes
        ? fitOf(question, changed, { settings: {}, timeRatio: 1, uncounted: [] })
        : isLastResort && change.field === 'training.method'
          ? fitsWithin(question, changed, limit.usableBytes, 1).fits[0]
          : null;
    if (fit === null || fit === undefined) return [];
    const compute = fit.estimated.estimate.compute;
    return [
      {
        ...fit,
        changes: [...rewriting.changes, ...fit.changes],
        lines: lineChanges(source.text, fit.text),
        hoursRatio: hoursRatio(source.asked.estimate.compute, compute),
        difference,
      },
    ];
  });
}

/** GPU-hours of the same tokens, after over before; null where the speed of either is unknown. */
function hoursRatio(before: ComputeEstimate | null, after: ComputeEstimate | null): number | null {
  const [was, is] = [before?.tokensPerSecondPerGpu ?? null, after?.tokensPerSecondPerGpu ?? null];
  return was === null || is === null ? null : was / is;
}

/** The fewest keys first, the accumulation that follows not counted; then the cheapest in time, as far as it is counted. */
function bySize(a: Fit, b: Fit): number {
  const size = ({ changes }: Fit) =>
    changes.filter(({ field }) => field !== 'training.gradient_accumulation_steps').length;
  return size(a) - size(b) || a.uncounted.length - b.uncounted.length || (a.hoursRatio ?? 1) - (b.hoursRatio ?? 1);
}
