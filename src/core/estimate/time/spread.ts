import type { DescribedRun } from '../described-run.ts';
import { stackOf } from './kernel-speed.ts';
import type { StepTime } from './step-time.ts';

/** By which factor the real speed may be below and above the estimated one, and what makes it so uncertain. */
export interface Spread {
  readonly slower: number;
  readonly faster: number;
  readonly reasons: readonly string[];
}

/**
 * The range that holds nine of ten published rows, each predicted by a fit without its source. What the config leaves open
 * adds up as independent errors do. With everything stated, dense and in 16 bits, that is a factor of 1.22.
 */
export function spreadOf(run: DescribedRun, step: StepTime): Spread {
  const open = doubts.filter(({ holds }) => holds(run, step));
  const widthOf = (side: 'slower' | 'faster'): number =>
    Math.sqrt(open.reduce((total, doubt) => total + doubt[side] ** 2, known ** 2));
  return {
    slower: Math.exp(widthOf('slower')),
    faster: Math.exp(widthOf('faster')),
    reasons: open.map(({ reason }) => reason),
  };
}

/** Of the logarithm, as all widths here: 90% of rows that state everything are within 0.2. */
const known = 0.2;

interface Doubt {
  readonly reason: string;
  readonly slower: number;
  readonly faster: number;
  readonly holds: (run: DescribedRun, step: StepTime) => boolean;
}

/** The first five are fitted to the published rows; for the others there are too few, and the widths are judgment. */
const doubts: readonly Doubt[] = [
  {
    reason: 'the trainer is unknown',
    slower: 0.27,
    faster: 0.27,
    holds: ({ training }) => stackOf(training.trainer) === 'unknown',
  },
  {
    reason: 'nothing says what is recomputed',
    slower: 0.25,
    faster: 0.1,
    holds: ({ facts, training }) =>
      facts['training.activation_checkpointing'] === undefined && stackOf(training.trainer) === 'unknown',
  },
  {
    reason: 'the micro batch is not stated',
    slower: 0.15,
    faster: 0.15,
    holds: ({ facts }) => facts['training.micro_batch_size'] === undefined,
  },
  {
    reason: 'fp8 gains differ between PyTorch trainers',
    slower: 0.3,
    faster: 0.3,
    holds: ({ training }) => training.precision === 'fp8-mixed' && stackOf(training.trainer) !== 'tuned',
  },
  {
    reason: 'most of the time is attention, whose kernels differ',
    slower: 0.25,
    faster: 0.25,
    holds: (_, { seconds, parts }) => parts.attention > 0.4 * seconds,
  },
  {
    reason: 'kernels are so small that launching them takes the time',
    slower: 0.6,
    faster: 0.3,
    holds: (_, { seconds, parts }) => parts.launches > 0.1 * seconds,
  },
  {
    reason: 'experts: routing and imbalance differ',
    slower: 0.5,
    faster: 0.5,
    holds: ({ model }) => model.moe !== null,
  },
  {
    reason: 'adapters: padding and small kernels differ',
    slower: 0.4,
    faster: 0.3,
    holds: ({ training }) => training.method !== 'full',
  },
  {
    reason: 'offloading waits for the CPU',
    slower: 0.7,
    faster: 0.1,
    holds: ({ training, parallelism }) => training.activationOffload || parallelism.cpuOffload !== 'none',
  },
  {
    // InternEvo loses 11% of a 7B model's speed from 8 to 1024 GPUs sharding within nodes, 44% over all of them.
    reason: 'the number of GPUs is unknown',
    slower: 0.3,
    faster: 0,
    holds: ({ parallelism }) => parallelism.data === null,
  },
  {
    reason: 'no published rows for this GPU',
    slower: 0.3,
    faster: 0.3,
    holds: ({ hardware }) => !/^(V100|A100|A800|H100|H200|H800|B200|B300|GB200|GB300)/.test(hardware.gpu?.name ?? ''),
  },
];
