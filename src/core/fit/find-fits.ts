import { lineChanges } from '../document/line-changes.ts';
import type { DescribedRun } from '../estimate/described-run.ts';
import { runOf } from '../reading/read-run.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import { withGiven } from '../run/what-if.ts';
import type { Fit, FitAnswer } from './fit.ts';
import { fitsByEngineFile } from './fits-by-engine-file.ts';
import { fittingGpus } from './fitting-gpus.ts';
import { knobsOf, type Knob, type Settings } from './knobs.ts';
import { largestMicroBatch } from './largest-micro-batch.ts';
import { otherTrainings } from './other-trainings.ts';
import { rewrite, rewriteFields } from './rewrite.ts';
import { search, type Candidate } from './search.ts';
import { turn } from './turn.ts';
import { hoursRatio, isSameTraining, readAgain, verifiedFit, type FitQuestion, type Source } from './verified-fit.ts';

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
  const fitsAlready = estimate.memory.peakBytes <= usableBytes;
  const asItStands = { ...answer, fitsAlready, reason: null };
  if (estimate.memory.highBytes <= usableBytes) return asItStands;
  const { format } = runOf(path, files);
  if (fitsAlready && (format?.spell === undefined || text.length > longestText)) return asItStands;
  if (format?.spell === undefined)
    return { ...answer, reason: `scalegate cannot edit configs of this format (${format?.title ?? 'unknown'}) yet` };
  if (text.length > longestText) return { ...answer, reason: 'the file is too long to be changed' };

  const source = { path, text, format, run: described, asked };
  // Where it likely fits, what would be certain of it is looked for
  const likely = fitsAlready ? { fits: [], tried: 0 } : fitsWithin(question, source, usableBytes, most);
  const isComfortable = !fitsAlready && (likely.fits.length === 0 || likely.fits.some((fit) => fit.isComfortable));
  // Room for a high end as far above the peak as the present one
  const room = (usableBytes * estimate.memory.peakBytes) / estimate.memory.highBytes;
  const roomy = isComfortable ? null : fitsWithin(question, source, room, most);
  const certain = (roomy?.fits ?? []).filter((fit) => fit.isComfortable);
  const [comfortable] = certain;
  const same = fitsAlready
    ? certain
    : comfortable === undefined
      ? likely.fits
      : [...likely.fits.slice(0, most - 1), comfortable];
  const wanted = (fit: Fit): boolean => !fitsAlready || fit.isComfortable;
  const engine = fitsByEngineFile(question, source).filter(wanted).slice(0, 1);
  const other = others(question, source, same.length + engine.length === 0).filter(wanted);
  const left = Math.max(1, most - same.length - engine.length);
  const fits = [...[...same, ...engine].toSorted(bySize), ...other.slice(0, left)];
  return {
    ...asItStands,
    fits,
    reason:
      fitsAlready || fits.length > 0
        ? null
        : 'no setting of up to four knobs does, as far as this format can state them',
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

/**
 * Other trainings that fit: one change each, with the knobs of the same training turned as well where that takes it. Each
 * is read and estimated again. Shorter sequences, and adapters with further changes, only where nothing else does.
 */
function others(question: FitQuestion, source: Source, isLastResort: boolean): Fit[] {
  const wanted = otherTrainings(source.run).filter(({ field }) => isLastResort || field !== 'training.sequence_length');
  const fits = wanted.flatMap(({ difference, ...change }): Fit[] => {
    const written = rewriteFields(source, [change]);
    // How many GPUs there are is often said elsewhere: in the policy, or where the job is submitted
    const isElsewhere = written === null && change.field === 'hardware.count';
    const changes = [{ ...change, key: change.field, to: String(change.value) }];
    const rewriting = isElsewhere ? { text: source.text, changes } : written;
    const asking = isElsewhere ? withCount(question, Number(change.value)) : question;
    const asked = rewriting === null ? null : readAgain(asking, rewriting.text);
    if (rewriting === null || asked === null) return [];
    const { run, limit, estimate } = asked;
    if (run.model === null || run.parameters === null || estimate.memory === null || limit === null) return [];
    const described = { ...run, model: run.model, parameters: run.parameters };
    const changed = { ...source, text: rewriting.text, run: described, asked };
    const fit =
      estimate.memory.peakBytes <= limit.usableBytes
        ? fitOf(asking, changed, { settings: {}, timeRatio: 1, uncounted: [] })
        : isLastResort && change.field === 'training.method'
          ? fitsWithin(asking, changed, limit.usableBytes, 1).fits[0]
          : null;
    if (fit === null || fit === undefined) return [];
    const [before, after] = [source.asked.estimate.compute, fit.estimated.estimate.compute];
    // On more GPUs the same steps may be more tokens
    const ofRun = before?.gpuHours == null || after?.gpuHours == null ? null : after.gpuHours / before.gpuHours;
    return [
      {
        ...fit,
        changes: [...rewriting.changes, ...fit.changes],
        lines: lineChanges(source.text, fit.text),
        hoursRatio: ofRun ?? hoursRatio(before, after),
        difference,
      },
    ];
  });
  return fits.filter((fit) => !isIdle(fit, fits));
}

/** Twice as many GPUs, or half the length, where that does no more than what comes before it. */
function isIdle(fit: Fit, fits: readonly Fit[]): boolean {
  const field = fit.changes[0]?.field;
  if (field === 'training.method') return false;
  const earlier = fits.slice(0, fits.indexOf(fit)).filter(({ changes }) => changes[0]?.field === field);
  return earlier.some(({ isComfortable }) => isComfortable || !fit.isComfortable);
}

/** The same question on so many GPUs, whoever says now how many. */
function withCount(question: FitQuestion, count: number): FitQuestion {
  const { guards } = question;
  const fact = { value: count, authority: 'command-line', place: null } as const;
  return { ...question, guards: { ...guards, given: withGiven(guards.given ?? {}, { 'hardware.count': fact }) } };
}

/** The fewest keys first, the accumulation that follows not counted; then the cheapest in time, as far as it is counted. */
function bySize(a: Fit, b: Fit): number {
  const size = ({ changes }: Fit) =>
    changes.filter(({ field }) => field !== 'training.gradient_accumulation_steps').length;
  return size(a) - size(b) || a.uncounted.length - b.uncounted.length || (a.hoursRatio ?? 1) - (b.hoursRatio ?? 1);
}
