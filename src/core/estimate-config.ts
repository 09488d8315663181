import { findGpu } from './catalog/gpu.ts';
import { smallestGpus } from './catalog/smallest-gpus.ts';
import { estimateRun } from './estimate/estimate-run.ts';
import { memoryReadings } from './estimate/memory/assumed-facts.ts';
import type { Estimate, MemoryReadings } from './estimate/estimate.ts';
import type { Format } from './formats/format.ts';
import { formats } from './formats/index.ts';
import type { OpenedFiles } from './reading/opened-files.ts';
import { runOf } from './reading/read-run.ts';
import { pricesFor, withOwnPrice } from './gpu-prices.ts';
import type { Guards } from './guards.ts';
import { withHubModel, type HubReading } from './hub-model.ts';
import { matchRow } from './plan/match-row.ts';
import { measuredOverPredicted } from './plan/measured-over-predicted.ts';
import type { Plan, PlanRow, ScaleMatch } from './plan/plan.ts';
import { matchesAny } from './glob/matches-any.ts';
import { factsFor } from './policy/for-files.ts';
import { memoryLimit } from './policy/limit.ts';
import { withAlias } from './policy/models-section.ts';
import type { Policy } from './policy/policy.ts';
import type { Calibration, EstimatedRun, MemoryLimit } from './policy/rule.ts';
import type { Problem } from './problem.ts';
import { resolveRun } from './resolve/resolve-run.ts';
import type { Facts, StatedRun } from './run/facts.ts';
import { guessedFormat } from './run/mapping.ts';
import type { TrainingRun } from './run/training-run.ts';
import { whyUnread } from './source-file.ts';
import { givingWay, withGiven } from './run/what-if.ts';

/** One config at one commit, read, filled in and estimated. */
export interface ConfigReading {
  /** null for a file that is no training config, or one that could not be read. */
  readonly estimated: EstimatedRun | null;
  /** The file's content is that of a training config, readable or not. */
  readonly isConfig: boolean;
  /** The file only says how to launch what other configs describe: a pull request that changes it is let be. */
  readonly isLauncher?: boolean;
  /** null for a file that is no training config, or whose text could not be had. */
  readonly dialect?: string | null;
  readonly problems: readonly Problem[];
  /** Paths of the other files that it was read with, if any. */
  readonly builtOn?: readonly string[];
  /** What config, launchers and Hub state, where there is a run. */
  readonly stated?: StatedRun;
}

/**
 * Reads and estimates one file; the part of the pipeline that `scalegate estimate` runs on its own. `today` (`2026-11-23`)
 * lets an old list price say so. A path that names a launcher of the config is the run of both.
 */
export function estimateConfig(
  path: string,
  files: OpenedFiles,
  guards: Guards,
  today: string | null = null,
): ConfigReading {
  const content = files.content(path);
  if (content === null || 'unreadable' in content) {
    return { estimated: null, isConfig: false, problems: content === null ? [] : whyUnread({ path, content }) };
  }
  const reading = runOf(path, files);
  const { format, run: stated, problems } = reading;
  const builtOn = reading.builtOn === undefined ? {} : { builtOn: reading.builtOn };
  const isLauncher = format?.launcher === true && !describesModel(stated);
  const dialect = format?.name ?? null;
  if (stated === null) {
    return { estimated: null, isConfig: format !== null && !isLauncher, isLauncher, dialect, problems, ...builtOn };
  }
  const placed = { ...stated, path, facts: withGiven(stated.facts, guards.given) };
  const known = withAlias(placed, guards.policy.models);
  const hub = withHubModel(known, assumedFacts(guards, path), files);
  const { estimated, problems: contradictions } = estimateStated(hub.run, guards, today, (run) => withAnswer(run, hub));
  const found = [...problems, ...contradictions];
  const read = { ...estimated, readings: readingsOf(estimated) };
  return { estimated: read, isConfig: !isLauncher, isLauncher, dialect, problems: found, ...builtOn, stated: hub.run };
}

/** Fills in and estimates what a config states; `explain` says more of what is assumed and unknown. */
export function estimateStated(
  stated: StatedRun,
  guards: Guards,
  today: string | null,
  explain: (run: TrainingRun) => TrainingRun = (run) => run,
): { estimated: EstimatedRun; problems: readonly Problem[] } {
  const asked = { ...stated, facts: withGiven(stated.facts, guards.given) };
  const assumed = assumedFacts(guards, stated.path);
  const { run: resolved, scale, problems: contradictions } = resolveRun(asked, assumed, guards.plan);
  const isGuess = stated.dialect === guessedFormat;
  const priced = withOwnPrice(resolved, assumed, guards.plan);
  const run = isGuess ? withDoubts(explain(priced), contradictions) : explain(priced);
  const identity = {
    path: stated.path,
    name: run.name,
    parameters: run.parameters?.total ?? null,
    tokens: run.training.tokens,
  };
  const match = guards.plan === null ? null : matchRow(guards.plan, identity, mappedRow(guards.policy, stated.path));
  const row = match?.kind === 'row' ? match.row : null;
  const format = formats.find(({ name }) => name === run.dialect) ?? null;
  const subject = subjectOf(format, run, guards.given);
  const recommended = guards.plan?.recommendations.checkpointShare?.value ?? null;
  const whole = estimateRun(run, pricesFor(run, row, guards, today), recommended);
  const estimate = subject === 'run' ? whole : ofModelAlone(whole, isFragment(run) ? fragment : format?.notEstimated);
  const limit = subject === 'run' ? withGpus(memoryLimit(run, guards.planGpu, guards.policy), estimate) : null;
  const calibration = calibrate(estimate, guards.plan, scale);
  const explained = subject === 'not-estimated' ? { ...estimate, assumptions: [] } : withReasons(estimate, run);
  const onRowGpu = subject === 'run' && row !== null ? hoursOnRowGpu(run, row, guards) : null;
  const estimated = {
    run,
    estimate: explained,
    readings: null,
    subject,
    scale,
    row: match,
    limit,
    onRowGpu,
    calibration,
  };
  return { estimated, problems: isGuess ? [] : contradictions };
}

/** What the run would take on the GPU that its row is for, where it runs on another: by the estimated speed of both. */
function hoursOnRowGpu(run: TrainingRun, row: PlanRow, { planGpu }: Guards): EstimatedRun['onRowGpu'] {
  const gpu = row.gpu === null ? planGpu : (findGpu(row.gpu)?.gpu ?? planGpu);
  if (gpu === null || run.hardware.gpu === null || gpu.name === run.hardware.gpu.name) return null;
  const { compute } = estimateRun({ ...run, hardware: { ...run.hardware, gpu } }, { plan: null, list: null });
  return compute?.gpuHours == null ? null : { gpu: gpu.name, gpuHours: compute.gpuHours };
}

/** The row of the plan to which the policy maps a path. */
function mappedRow({ planRows }: Policy, path: string): string | null {
  return planRows.findLast(({ files }) => matchesAny(files, path))?.row ?? null;
}

/** A model alone is a run where somebody asks how it would be trained. */
function subjectOf(format: Format | null, run: TrainingRun, given: Facts = {}): EstimatedRun['subject'] {
  const { model } = run;
  if (format?.notEstimated !== undefined && model === null) return 'not-estimated';
  if (isFragment(run)) return 'not-estimated';
  const isAsked = Object.keys(given).some((field) => !field.startsWith('model.'));
  return format?.describesModel === true && !isAsked ? 'model' : 'run';
}

/** Of a model alone nobody knows how it is trained: what follows from that is left out, and is no gap. */
function ofModelAlone(estimate: Estimate, reason: string | undefined): Estimate {
  const parameters = reason === undefined ? [] : [{ field: 'parameters', reason }];
  return { ...estimate, memory: null, compute: null, cost: null, host: null, checkpoint: null, unknown: parameters };
}

const fragment = 'the file says nothing of a model, a batch or a duration: it is a part that other configs take in';

/** Paths, logging and the like, which people keep in a file of their own (GPT-NeoX, local_setup.yml). */
function isFragment({ facts, modelId }: TrainingRun): boolean {
  if (modelId !== null) return false;
  return !Object.entries(facts).some(
    ([field, { authority, reason }]) => (authority !== 'default' || reason !== undefined) && !ofNoFigure.test(field),
  );
}

const ofNoFigure = /^hardware\.|^training\.(trainer|log|checkpoint_every)$|^model\.tokenizer$/;

function readingsOf({ run, estimate: { memory } }: EstimatedRun): MemoryReadings | null {
  const { model, parameters } = run;
  if (memory === null || model === null || parameters === null) return null;
  return memoryReadings({ ...run, model, parameters }, memory);
}

/** Where no GPU is known, those that would do. */
function withGpus(limit: MemoryLimit, { memory }: Estimate): MemoryLimit {
  if (limit.assumed === undefined || memory === null) return limit;
  return { ...limit, assumed: { smallestGpus: smallestGpus(memory.peakBytes) } };
}

/** A launcher that names no config describes no model. */
function describesModel(stated: StatedRun | null): boolean {
  return stated !== null && Object.keys(stated.facts).some((field) => field.startsWith('model.'));
}

/** What the Hub said of the model is an assumption, and what it did not say is among the reasons why a model is unknown. */
function withAnswer(run: TrainingRun, { source, failure }: HubReading): TrainingRun {
  if (source !== null) {
    const model = { field: 'model.id', value: run.modelId ?? '', reason: `dimensions from ${source}` } as const;
    return { ...run, assumptions: [model, ...run.assumptions] };
  }
  if (failure === null) return run;
  const unknown = run.unknown.map(({ field, reason }) => {
    return { field, reason: field === 'parameters' ? `${reason}; ${failure}` : reason };
  });
  return { ...run, unknown };
}

/** Guesses that contradict each other are no mistake of the config: they leave something unknown. */
function withDoubts(run: TrainingRun, contradictions: readonly Problem[]): TrainingRun {
  const doubts = contradictions.map(({ key, message }) => ({
    field: key ?? 'parameters',
    reason: `as the names of its keys tell it, ${message}`,
  }));
  return { ...run, unknown: [...run.unknown, ...doubts] };
}

/** What was assumed and what is unknown, from reading the config to the last figure: one list each for all outputs. */
function withReasons(estimate: Estimate, run: TrainingRun): Estimate {
  const named = new Set(run.unknown.map(({ field }) => field));
  return {
    ...estimate,
    assumptions: [...run.assumptions, ...estimate.assumptions],
    unknown: [...run.unknown, ...estimate.unknown.filter(({ field }) => !named.has(field))],
  };
}

/** The estimate by the team's own runs, beside it and never in its place. */
function calibrate({ memory, compute }: Estimate, plan: Plan | null, match: ScaleMatch | null): Calibration | null {
  const own = plan === null || match === null ? null : measuredOverPredicted(plan, match);
  if (own === null) return null;
  const times = (figure: number | null | undefined, ratio: number | null): number | null =>
    figure == null || ratio === null ? null : figure * ratio;
  return {
    ...own,
    peakBytes: times(memory?.peakBytes, own.memoryRatio),
    gpuHours: times(compute?.gpuHours, own.hoursRatio),
  };
}

/** What the policy supplies for a path, but for what is taken otherwise. */
function assumedFacts({ policy, given }: Guards, path: string): Facts {
  return givingWay(factsFor(policy, path), given);
}
