import { lossCircumstances } from '../../src/core/estimate/memory/loss-circumstances.ts';
import { trainerTraits } from '../../src/core/estimate/trainer-traits.ts';
import type { Estimated } from './comparison.ts';

/** A constant of the estimator that came from measurements and not from a paper, a specification or a program's source. */
export interface FittedConstant {
  readonly name: string;
  /** As its file writes it. */
  readonly values: readonly string[];
  readonly file: string;
  /** The measurements that it was derived from. */
  readonly from: string;
  /** What the code would take if it did not know the only source that measures this, over what it takes. */
  readonly unseen?: number;
  /** ∂ log estimate ÷ ∂ log constant: 1 for a factor, 0 where it has no part, its share where it sizes a part. */
  elasticity(comparison: Estimated): number;
}

/** What stands in the GPU-hours besides; the constants of the speed were not fitted to whole runs. */
export const hoursConstants: readonly FittedConstant[] = [
  {
    name: 'overhead over steady hours',
    values: ['0.1'],
    file: 'src/core/estimate/time/gpu-hours.ts',
    from: '16 runs that publish both, five of those below among them',
    elasticity: () => 1,
  },
];

const trainers = 'src/core/estimate/trainers';
const allocator = { file: 'src/core/estimate/memory/circumstances.ts' };

/** What stands in the memory. */
export const memoryConstants: readonly FittedConstant[] = [
  {
    file: `${trainers}/families/fsdp.ts`,
    name: 'bytes a logit, torchtitan',
    values: ['12'],
    from: 'pytorch/torchtitan',
    elasticity: onLoss('torchtitan'),
  },
  {
    file: `${trainers}/prime-rl.ts`,
    name: 'bytes a logit, prime-rl',
    values: ['16'],
    from: 'PrimeIntellect-ai/prime-rl',
    // That of the other FSDP trainers.
    unseen: 12 / 16,
    elasticity: onLoss('prime-rl'),
  },
  {
    file: `${trainers}/ms-swift.ts`,
    name: 'bytes a logit, ms-swift',
    values: ['24'],
    from: 'modelscope/ms-swift',
    // That of the other Hugging Face trainers.
    unseen: 12 / 24,
    elasticity: onLoss('ms-swift'),
  },
  {
    file: `${trainers}/families/plain-loop.ts`,
    name: 'bytes a logit, compiled losses',
    values: ['6'],
    from: 'published peaks, those below among them',
    elasticity: (comparison) => (isCompiledLoss(comparison) ? shareOf(comparison, 'logits_and_loss') : 0),
  },
  {
    file: 'src/core/estimate/memory/loss-circumstances.ts',
    name: 'bytes a logit, chunks of a fused loss',
    values: ['8'],
    from: 'published peaks, those below among them',
    elasticity: onChunks,
  },
  {
    ...allocator,
    name: 'fragmentation, batches of one length',
    values: ['0.11'],
    from: 'published peaks, those below among them',
    elasticity: onFragmentation('f', 'A', ({ training }) => !trainerTraits(training.trainer).variableLengths),
  },
  {
    ...allocator,
    name: 'fragmentation, batches of different lengths',
    values: ['0.18'],
    from: 'published peaks, those below among them',
    elasticity: onFragmentation('f', 'A', ({ training }) => trainerTraits(training.trainer).variableLengths),
  },
  {
    ...allocator,
    name: 'displaced states, eager',
    values: ['1'],
    from: 'published peaks, those below among them',
    elasticity: onFragmentation('d', 'D', ({ training }) => !training.compile),
  },
  {
    ...allocator,
    name: 'displaced states, compiled',
    values: ['0.7'],
    from: 'published peaks, those below among them',
    elasticity: onFragmentation('d', 'D', ({ training }) => training.compile),
  },
  {
    ...allocator,
    name: 'GiB of CUDA context and communicators',
    values: ['0.9', '0.8'],
    from: 'two out-of-memory messages, H100 and B200',
    elasticity: (comparison) => (comparison.statistic === 'peak' ? shareOf(comparison, 'framework') : 0),
  },
];

function onLoss(trainer: string): FittedConstant['elasticity'] {
  return (comparison) => {
    const { training } = comparison.estimated.run;
    return training.trainer === trainer && !training.fusedLoss ? shareOf(comparison, 'logits_and_loss') : 0;
  };
}

/** A product of two quantities of the fragmentation, where it is part of what was measured. */
function onFragmentation(
  share: string,
  of: string,
  applies: (run: Estimated['estimated']['run']) => boolean,
): FittedConstant['elasticity'] {
  return (comparison) => {
    const isPart = comparison.statistic !== 'allocated' && applies(comparison.estimated.run);
    return isPart ? productOf(comparison, 'fragmentation', [share, of]) : 0;
  };
}

function isCompiledLoss({ estimated: { run } }: Estimated): boolean {
  const traits = trainerTraits(run.training.trainer, run.parallelism);
  const { bytesPerLogit, logitsAtOnce } = lossCircumstances(run, traits, 'likely');
  return run.training.compile && !run.training.fusedLoss && logitsAtOnce === 'all' && bytesPerLogit === 6;
}

function onChunks(comparison: Estimated): number {
  const tensor = comparison.estimated.run.parallelism.tensor;
  return productOf(comparison, 'logits_and_loss', ['z', 'C', 'V']) / tensor;
}

/** Share of a product of an item's quantities in the statistic that is compared; 0 where the item has no such. */
function productOf({ estimate, estimated }: Estimated, id: string, symbols: readonly string[]): number {
  const quantities = new Map(estimated.estimate.memory?.items.find((item) => item.id === id)?.quantities);
  const bytes = symbols.reduce((product, symbol) => product * (quantities.get(symbol) ?? 0), 1);
  return bytes / 2 ** 30 / estimate;
}

/** Share of a line item in the statistic that is compared. */
function shareOf({ estimate, estimated }: Estimated, id: string): number {
  const item = estimated.estimate.memory?.items.find((other) => other.id === id);
  return (item?.bytes ?? 0) / 2 ** 30 / estimate;
}
