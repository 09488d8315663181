import type { DescribedRun } from '../estimate/described-run.ts';
import { memoryPart } from '../estimate/memory/memory.ts';
import type { Figure, Plan, Scale } from '../plan/plan.ts';
import { resolveRun } from '../resolve/resolve-run.ts';
import { memberOfSize } from '../run/member-of-size.ts';
import type { Facts } from '../run/facts.ts';
import { countParameters } from '../run/parameters.ts';
import { formatGib } from '../units/bytes.ts';
import type { PlanCheck } from './remark.ts';

/**
 * The memory of each scale must be enough for it at the batch, the sequence length and the precision that the plan
 * assumes. Said once, with what would make each figure true.
 */
export const checkMemoryEstimate: PlanCheck = (plan) => {
  const { scales, facts } = plan;
  const batch = facts['training.micro_batch_size'];
  const length = facts['training.sequence_length'];
  const assumed = batch === undefined || length === undefined ? null : assumedRun(plan);
  if (assumed === null) return [];
  const rows = scales.flatMap((scale) => tooLittle(scale, assumed) ?? []);
  const [first] = rows;
  if (first === undefined) return [];
  const message =
    `At ${assumed.training.microBatchSize} sequences of ${assumed.training.sequenceLength} tokens a GPU, ` +
    `${settingsOf(assumed)}, ${rows.length} of ${scales.length} scales need more memory than the plan says.`;
  const arithmetic = [modelsOf(plan, assumed), ...rows.map(({ text }) => text)];
  return [{ rule: 'memory-estimate', level: 'warning', place: first.stated.place, message, arithmetic }];
};

/** A run as the plan assumes it: of its baseline's family, or of a usual one where it describes no baseline. */
function assumedRun(plan: Plan): DescribedRun | null {
  const facts = isDescribed(plan) ? {} : { ...plan.baseline, ...usualModel };
  const { run } = resolveRun({ path: plan.path, dialect: 'scalegate', name: plan.title, facts }, {}, plan);
  const { model, parameters } = run;
  return model === null || parameters === null ? null : { ...run, model, parameters };
}

function isDescribed({ baseline }: Plan): boolean {
  const dimensions = ['model.hidden_size', 'model.num_layers', 'model.num_attention_heads'] as const;
  return dimensions.every((field) => baseline[field] !== undefined);
}

/** GPT-3 1.3B (arXiv 2005.14165, table 2.1), in whose proportions most decoders of a plan's sizes are near. */
const usualModel: Facts = {
  'model.hidden_size': { value: 2048, authority: 'default', place: null },
  'model.num_layers': { value: 24, authority: 'default', place: null },
  'model.num_attention_heads': { value: 16, authority: 'default', place: null },
};

/** A scale whose stated memory even the low end of the estimate is over, in words. */
function tooLittle(scale: Scale, assumed: DescribedRun): { readonly stated: Figure; readonly text: string } | null {
  const { name, parameters, memoryBytes: stated } = scale;
  const model = stated === null ? null : (memberOfSize(assumed.model, { size: parameters.value })?.model ?? null);
  if (stated === null || model === null) return null;
  const run = { ...assumed, model, parameters: countParameters(model, assumed.training) };
  const memory = memoryPart(run).value;
  if (memory === null || memory.lowBytes <= stated.value) return null;
  const ways = waysDown(run, stated.value);
  const isTrue = (ways.at(-1)?.bytes ?? Infinity) <= stated.value;
  const words = ways.map((way) => `, ${formatGib(way.bytes)} ${way.words}`).join('');
  const text = `${name}: ${formatGib(memory.peakBytes)} against ${stated.text}${words}${isTrue ? '' : ', still more'}`;
  return { stated, text };
}

interface Way {
  readonly words: string;
  readonly bytes: number;
}

/** What takes a run down to so many bytes, one measure on top of the other until it is there. */
function waysDown(run: DescribedRun, bytes: number): readonly Way[] {
  const ways: Way[] = [];
  let current = run;
  for (const measure of [checkpointed, sharded, withSmallerBatch]) {
    if (peakOf(current) <= bytes) break;
    const { words, run: next } = measure(current, bytes);
    // What saves next to nothing is no way
    if (peakOf(next) > 0.98 * peakOf(current)) continue;
    ways.push({ words: `with ${words}${ways.length === 0 ? '' : ' as well'}`, bytes: peakOf(next) });
    current = next;
  }
  return ways;
}

function peakOf(run: DescribedRun): number {
  return memoryPart(run).value?.peakBytes ?? Infinity;
}

interface Measure {
  readonly words: string;
  readonly run: DescribedRun;
}

function checkpointed(run: DescribedRun): Measure {
  const training = { ...run.training, activationCheckpointing: 'full' as const };
  return { words: 'full activation checkpointing', run: { ...run, training } };
}

/** A usual node: what a plan that names no number of GPUs can divide its states over. */
const usualGpus = 8;

function sharded(run: DescribedRun): Measure {
  const data = Math.max(run.parallelism.data ?? 1, usualGpus);
  const parallelism = { ...run.parallelism, sharding: 'zero3' as const, data };
  return { words: `ZeRO-3 over ${data} GPUs`, run: { ...run, parallelism } };
}

/** The largest of the halves that is enough, else a single sequence; accumulated to the same global batch. */
function withSmallerBatch({ training, ...run }: DescribedRun, bytes: number): Measure {
  const { microBatchSize: size, gradientAccumulationSteps: steps } = training;
  const halves = Array.from({ length: Math.floor(Math.log2(size)) }, (_, index) => Math.floor(size / 2 ** (index + 1)));
  const withBatch = (microBatchSize: number): DescribedRun => {
    const gradientAccumulationSteps = Math.ceil((size * steps) / microBatchSize);
    return { ...run, training: { ...training, microBatchSize, gradientAccumulationSteps } };
  };
  const enough = halves.find((half) => peakOf(withBatch(half)) <= bytes) ?? 1;
  return { words: `a micro batch of ${enough}`, run: withBatch(enough) };
}

/** Whose models the figures are of: what the plan does not say of them is assumed. */
function modelsOf(plan: Plan, { model }: DescribedRun): string {
  const family = isDescribed(plan) ? "the baseline's proportions" : 'usual proportions';
  const isStated = plan.baseline['model.vocab_size'] !== undefined;
  const vocabulary = `a vocabulary of ${model.vocabSize.toLocaleString('en-US')}`;
  return `models of ${family} with ${vocabulary}${isStated ? '' : ', which the plan does not state'}`;
}

/** `unsharded and without activation checkpointing`. */
function settingsOf({ parallelism, training }: DescribedRun): string {
  const { sharding } = parallelism;
  const split = sharding === 'none' || sharding === 'ddp' ? 'unsharded' : `sharded with ${sharding}`;
  const { activationCheckpointing } = training;
  const kept = activationCheckpointing === 'none' ? 'without' : `with ${activationCheckpointing}`;
  return `${split} and ${kept} activation checkpointing`;
}
