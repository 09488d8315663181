import { peakFlopsPerSecond } from '../../src/core/estimate/time/efficiency.ts';
import { trainerTraits } from '../../src/core/estimate/trainer-traits.ts';
import type { TrainingRun } from '../../src/core/run/training-run.ts';
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
  /** ∂ log estimate ÷ ∂ log constant: 1 for a factor, 0 where it has no part, a line item's share for its size. */
  elasticity(comparison: Estimated): number;
}

const speed = { file: 'src/core/estimate/time/efficiency.ts' };
const published = '881 published rows of 28 families, those below among them';
const pairs = 'matched pairs among the 881 published rows';

/** What stands in the tokens per second: factors of the model FLOPs utilization. */
export const throughputConstants: readonly FittedConstant[] = [
  { ...speed, name: 'A100 and its like', values: ['0.52'], from: published, elasticity: onPeak(200e12, 500e12) },
  { ...speed, name: 'H100, H200', values: ['0.455'], from: published, elasticity: onPeak(500e12, 1500e12) },
  { ...speed, name: 'Blackwell', values: ['0.42'], from: published, elasticity: onPeak(1500e12, Infinity) },
  {
    ...speed,
    name: 'a decade below 2 billion parameters',
    values: ['0.62'],
    from: published,
    elasticity: ({ estimated: { run } }) => Math.max(0, Math.log10(2e9 / (run.parameters?.active ?? 2e9))),
  },
  { ...speed, name: 'full checkpointing', values: ['0.67'], from: pairs, elasticity: where(isCheckpointed('full')) },
  {
    ...speed,
    name: 'selective checkpointing',
    values: ['0.9'],
    from: pairs,
    elasticity: where(isCheckpointed('selective')),
  },
  {
    ...speed,
    name: 'fp8 on tuned stacks',
    values: ['1.45'],
    from: pairs,
    elasticity: where((run) => usesFp8(run) && isTuned(run)),
  },
  {
    ...speed,
    name: 'fp8 elsewhere',
    values: ['1.25'],
    from: pairs,
    elasticity: where((run) => usesFp8(run) && !isTuned(run)),
  },
  { ...speed, name: 'experts', values: ['0.5'], from: published, elasticity: where((run) => run.model?.moe != null) },
];

/** What stands in the GPU-hours besides; the constants of the speed were not fitted to whole runs. */
export const hoursConstants: readonly FittedConstant[] = [
  {
    name: 'billed over steady hours',
    values: ['1.15'],
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
    ...allocator,
    name: 'fragmentation and displaced states, batches of one length',
    values: ['0.06', '0.5'],
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

function where(applies: (run: TrainingRun) => boolean): FittedConstant['elasticity'] {
  return ({ estimated: { run } }) => (applies(run) ? 1 : 0);
}

function onPeak(from: number, below: number): FittedConstant['elasticity'] {
  return where(({ hardware }) => {
    const peak = peakFlopsPerSecond(hardware.gpu, 'bf16-mixed');
    return peak !== null && peak >= from && peak < below;
  });
}

function isCheckpointed(kind: 'full' | 'selective') {
  return ({ training }: TrainingRun) => training.activationCheckpointing === kind;
}

function usesFp8({ training }: TrainingRun): boolean {
  return training.precision === 'fp8-mixed';
}

function isTuned({ training }: TrainingRun): boolean {
  return trainerTraits(training.trainer).states === 'megatron';
}

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
