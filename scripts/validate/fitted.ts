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

const loss = { file: 'src/core/estimate/trainer-traits.ts' };
const allocator = { file: 'src/core/estimate/memory/circumstances.ts' };

/** What stands in the memory. */
export const memoryConstants: readonly FittedConstant[] = [
  {
    ...loss,
    name: 'bytes a logit, torchtitan',
    values: ['12'],
    from: 'pytorch/torchtitan',
    elasticity: onLoss('torchtitan'),
  },
  {
    ...loss,
    name: 'bytes a logit, prime-rl',
    values: ['18'],
    from: 'PrimeIntellect-ai/prime-rl',
    // That of the other FSDP trainers.
    unseen: 12 / 18,
    elasticity: onLoss('prime-rl'),
  },
  {
    ...loss,
    name: 'bytes a logit, ms-swift',
    values: ['24'],
    from: 'modelscope/ms-swift',
    // That of the other Hugging Face trainers.
    unseen: 12 / 24,
    elasticity: onLoss('ms-swift'),
  },
  {
    ...allocator,
    name: 'fragmentation and displaced states, batches of one length',
    values: ['0.06', '0.4', '0.8'],
    from: 'published peaks, those below among them',
    elasticity: onFragmentation(false),
  },
  {
    ...allocator,
    name: 'fragmentation, batches of different lengths',
    values: ['0.1'],
    from: 'published peaks, those below among them',
    elasticity: onFragmentation(true),
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

function onFragmentation(variableLengths: boolean): FittedConstant['elasticity'] {
  return (comparison) => {
    const traits = trainerTraits(comparison.estimated.run.training.trainer);
    const counts = comparison.statistic !== 'allocated' && traits.variableLengths === variableLengths;
    return counts ? shareOf(comparison, 'fragmentation') : 0;
  };
}

/** Share of a line item in the statistic that is compared. */
function shareOf({ estimate, estimated }: Estimated, id: string): number {
  const item = estimated.estimate.memory?.items.find((other) => other.id === id);
  return (item?.bytes ?? 0) / 2 ** 30 / estimate;
}
