import { lineChanges } from '../document/line-changes.ts';
import type { DescribedRun } from '../estimate/described-run.ts';
import type { ComputeEstimate } from '../estimate/estimate.ts';
import { estimateConfig } from '../estimate-config.ts';
import type { Format } from '../formats/format.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import type { ConfigQuestion } from './ask.ts';
import type { EngineFile } from './engine-files.ts';
import type { Fit } from './fit.ts';
import type { Rewriting } from './rewrite.ts';

export interface FitQuestion extends ConfigQuestion {
  /** Files of the repository that say how a training is sharded, which it could take. */
  readonly engineFiles?: readonly EngineFile[];
  /** How many fits to return at most, two or more: the last is one of which even the high end fits, where there is any. */
  readonly most: number;
}

/** The config as it stands. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly format: Format;
  readonly run: DescribedRun;
  readonly asked: EstimatedRun;
}

/** The config with this text, or its own, as the pipeline reads and estimates it; null where anything is wrong with it. */
export function readAgain(
  { path, files, guards }: FitQuestion,
  text: string | null,
  edited: string = path,
): EstimatedRun | null {
  const changed = text === null ? files : files.with(edited, { text });
  const { estimated, problems } = estimateConfig(path, changed, guards);
  return estimated === null || (text !== null && problems.length > 0) ? null : estimated;
}

/** The same batch and the same length. */
export function isSameTraining({ run: { training } }: EstimatedRun, { run: asked }: EstimatedRun): boolean {
  return training.globalBatchSize === asked.training.globalBatchSize && training.tokens === asked.training.tokens;
}

/** The changed text read and estimated again; null where it is another training, or does not fit. */
export function verifiedFit(
  question: FitQuestion,
  source: Source,
  rewriting: Rewriting,
  uncounted: readonly string[],
  launcher: string | null = null,
): Fit | null {
  const estimated = readAgain(question, rewriting.text, launcher ?? question.path);
  if (estimated === null || !isSameTraining(estimated, source.asked)) return null;
  const { memory, compute } = estimated.estimate;
  const usableBytes = estimated.limit?.usableBytes ?? 0;
  if (memory === null || memory.peakBytes > usableBytes) return null;
  return {
    ...rewriting,
    lines: lineChanges(launcher === null ? source.text : (question.files.text(launcher) ?? ''), rewriting.text),
    launcher,
    estimated,
    isComfortable: memory.highBytes <= usableBytes,
    hoursRatio: hoursRatio(source.asked.estimate.compute, compute),
    uncounted,
    difference: null,
  };
}

/** GPU-hours of the same tokens, after over before; null where the speed of either is unknown. */
export function hoursRatio(before: ComputeEstimate | null, after: ComputeEstimate | null): number | null {
  const [was, is] = [before?.tokensPerSecondPerGpu ?? null, after?.tokensPerSecondPerGpu ?? null];
  return was === null || is === null ? null : was / is;
}
