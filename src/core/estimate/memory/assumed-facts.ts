import type { DescribedRun } from '../described-run.ts';
import type { AssumedFact, MemoryEstimate, MemoryReadings } from '../estimate.ts';
import { trainerTraits } from '../trainer-traits.ts';
import { isBeforeTransformers5 } from '../trainers/trainer-version.ts';
import type { RunField } from '../../run/fields.ts';
import { countParameters } from '../../run/parameters.ts';
import type { Parallelism } from '../../run/parallelism.ts';
import type { Training } from '../../run/training.ts';
import { circumstances } from './circumstances.ts';
import { frozenWeightBytes, isBaseOpen } from './frozen-base.ts';
import { peakMemory } from './peak.ts';
import { stateBytes } from './state-bytes.ts';

/** Another value that an assumed fact may have, as a clause. */
interface Alternative {
  readonly words: string;
  readonly training?: Partial<Training>;
  readonly parallelism?: Partial<Parallelism>;
  readonly vocabSize?: number;
}

/** A fact that decides how much memory a run needs, and that people leave to launchers, trainers and data. */
interface OpenFact {
  readonly field: RunField;
  /** The value that was taken, as a clause. */
  readonly taken: (run: DescribedRun) => string;
  /** None where the run states the fact, or where it has no other value. */
  readonly alternatives: (run: DescribedRun) => readonly Alternative[];
}

/** Not stated: absent, a trainer's default, or inferred. A value of policy, plan, launcher or catalog is stated. */
function isAssumed({ facts }: DescribedRun, field: RunField): boolean {
  const fact = facts[field];
  return fact === undefined || fact.authority === 'default' || fact.reason !== undefined;
}

/** Ranks of one node: as many as people shard over who say nothing. */
const usualRanks = 8;
/** Lengths and batches that trainers and recipes use where the config is silent: the Alpaca family's 512, TRL's 1024, Hugging Face's 8. */
const [shortLength, longLength, usualMicroBatch] = [512, 4096, 8];
/** Llama 2's vocabulary, and Gemma's. */
const [smallVocabulary, largeVocabulary] = [32_000, 256_000];
/** Share of the stated length that batches of short samples fill. */
const shortShare = 0.25;

const openFacts: readonly OpenFact[] = [
  {
    field: 'parallelism.sharding',
    taken: () => 'if each GPU holds the whole model',
    alternatives: (run) => {
      const { sharding, data } = run.parallelism;
      if (!isAssumed(run, 'parallelism.sharding') || data === 1) return [];
      if (sharding !== 'none' && sharding !== 'ddp') return [];
      const words = data === null ? `with ZeRO-3 over ${usualRanks} GPUs` : 'with ZeRO-3';
      return [{ words, parallelism: { sharding: 'zero3', data: data ?? usualRanks } }];
    },
  },
  {
    field: 'training.sequence_length',
    taken: ({ training }) => atLength(training.sequenceLength),
    alternatives: (run) => {
      if (!isAssumed(run, 'training.sequence_length')) return [];
      const length = run.training.sequenceLength;
      const others = [...(length > shortLength ? [shortLength] : []), ...(length < longLength ? [longLength] : [])];
      return others.map((other) => ({ words: atLength(other), training: { sequenceLength: other } }));
    },
  },
  {
    field: 'training.micro_batch_size',
    taken: ({ training }) => ofMicroBatch(training.microBatchSize),
    alternatives: (run) => {
      if (!isAssumed(run, 'training.micro_batch_size')) return [];
      return [1, usualMicroBatch]
        .filter((other) => other !== run.training.microBatchSize)
        .map((other) => ({ words: ofMicroBatch(other), training: { microBatchSize: other } }));
    },
  },
  {
    field: 'training.activation_checkpointing',
    taken: ({ training }) => withCheckpointing(training.activationCheckpointing),
    alternatives: (run) => {
      if (!isAssumed(run, 'training.activation_checkpointing')) return [];
      const other = run.training.activationCheckpointing === 'none' ? 'full' : 'none';
      return [{ words: withCheckpointing(other), training: { activationCheckpointing: other } }];
    },
  },
  {
    field: 'training.packing',
    taken: ({ training }) => `with batches of ${counted(training.sequenceLength)} tokens`,
    alternatives: (run) => {
      const length = Math.ceil(run.training.sequenceLength * shortShare);
      if (isAssumed(run, 'training.sequence_length') || !hasOpenLengths(run)) return [];
      return [{ words: `with batches of ${counted(length)} tokens`, training: { sequenceLength: length } }];
    },
  },
  {
    field: 'training.fused_loss',
    taken: () => 'with all logits kept',
    alternatives: (run) =>
      isAssumed(run, 'training.fused_loss') && !run.training.fusedLoss
        ? [{ words: 'with a fused loss', training: { fusedLoss: true } }]
        : [],
  },
  {
    field: 'model.vocab_size',
    taken: ({ model }) => ofVocabulary(model.vocabSize),
    alternatives: (run) => {
      if (!isAssumed(run, 'model.vocab_size') || run.facts['model.vocab_size'] === undefined) return [];
      return [smallVocabulary, largeVocabulary].map((vocabSize) => ({ words: ofVocabulary(vocabSize), vocabSize }));
    },
  },
  {
    field: 'training.precision',
    taken: () => 'with fp32 weights',
    alternatives: (run) =>
      isAssumed(run, 'training.precision') && run.training.precision === 'bf16-mixed'
        ? [{ words: 'with bf16 weights', training: { precision: 'bf16' } }]
        : [],
  },
  {
    field: 'training.frozen_precision',
    taken: (run) => (frozenBaseBytes(run) === 4 ? 'with an fp32 base' : 'with a bf16 base'),
    alternatives: (run) => {
      if (!isBaseOpen(run.training, trainerTraits(run.training.trainer, run.parallelism))) return [];
      return frozenBaseBytes(run) === 4
        ? [{ words: 'with a bf16 base', training: { frozenPrecision: 'bf16' } }]
        : [{ words: 'with an fp32 base', training: { frozenPrecision: 'fp32' } }];
    },
  },
  {
    field: 'training.trainer_version',
    taken: () => 'under transformers 5, where bitsandbytes passes over experts',
    alternatives: (run) => {
      const { moe } = run.model;
      const traits = trainerTraits(run.training.trainer, run.parallelism);
      if (moe === null || run.training.quantization === null || isBeforeTransformers5(run.training) !== null) return [];
      if (circumstances(run, traits, 'likely').quantizesExperts) return [];
      return [{ words: 'under transformers 4', training: { trainerVersion: '2025' } }];
    },
  },
];

function frozenBaseBytes({ training, parallelism }: DescribedRun): 2 | 4 {
  const traits = trainerTraits(training.trainer, parallelism);
  return frozenWeightBytes(training, traits, stateBytes(training, parallelism, traits));
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}

function atLength(tokens: number): string {
  return `at ${counted(tokens)} tokens a sequence`;
}

function ofMicroBatch(size: number): string {
  return `with a micro batch of ${counted(size)}`;
}

function ofVocabulary(rows: number): string {
  return `with a vocabulary of ${counted(rows)}`;
}

function withCheckpointing(kind: Training['activationCheckpointing']): string {
  if (kind === 'none') return 'without activation checkpointing';
  return kind === 'full' ? 'with activation checkpointing' : 'with selective activation checkpointing';
}

/** The sequence length is the most that a sample is cut to, and samples may be far shorter. */
function hasOpenLengths({ training, parallelism }: DescribedRun): boolean {
  if (training.packing !== null) return !training.packing;
  return trainerTraits(training.trainer, parallelism).variableLengths;
}

/**
 * What the peak would be with each assumed fact otherwise, alone and all together: the low end is that of the most
 * favorable reading of the config, the high end that of the worst. A run that states everything has no other reading.
 */
export function memoryReadings(run: DescribedRun, memory: MemoryEstimate): MemoryReadings {
  const likely = memory.peakBytes;
  const facts = openFacts.flatMap((fact) =>
    fact.alternatives(run).map((alternative) => {
      const peakBytes = peakOf(withAlternative(run, alternative));
      return { fact, alternative, peakBytes };
    }),
  );
  const below = facts.filter(({ peakBytes }) => peakBytes < likely);
  const above = facts.filter(({ peakBytes }) => peakBytes > likely);
  const together = (some: typeof facts): DescribedRun =>
    some.map(({ alternative }) => alternative).reduce(withAlternative, run);
  const assumed = facts
    .map(({ fact, alternative, peakBytes }): AssumedFact => ({
      field: fact.field,
      taken: fact.taken(run),
      otherwise: alternative.words,
      peakBytes,
    }))
    .filter(({ peakBytes }) => peakBytes !== likely)
    .toSorted((a, b) => Math.abs(b.peakBytes - likely) - Math.abs(a.peakBytes - likely));
  const best = below.length === 0 ? likely : Math.min(likely, peakOf(together(below)));
  const worst = above.length === 0 ? likely : Math.max(likely, peakOf(together(above)));
  // Another reading is as uncertain as this one: its ends are as far away, as a share.
  return {
    lowBytes: (best * memory.lowBytes) / likely,
    highBytes: (worst * memory.highBytes) / likely,
    bestPeakBytes: best,
    assumed,
  };
}

function withAlternative(run: DescribedRun, { training = {}, parallelism = {}, vocabSize }: Alternative): DescribedRun {
  const model = vocabSize === undefined ? run.model : { ...run.model, vocabSize };
  return {
    ...run,
    ...(vocabSize === undefined ? {} : { model, parameters: countParameters(model, run.training) }),
    training: { ...run.training, ...training },
    parallelism: { ...run.parallelism, ...parallelism },
  };
}

function peakOf(run: DescribedRun): number {
  const traits = trainerTraits(run.training.trainer, run.parallelism);
  return peakMemory(run, traits, circumstances(run, traits, 'likely')).peakBytes;
}
