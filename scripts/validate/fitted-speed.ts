import { peakFlopsPerSecond, runsEager, stackOf, type Stack } from '../../src/core/estimate/time/kernel-speed.ts';
import { stepTime, type StepPart } from '../../src/core/estimate/time/step-time.ts';
import type { TrainingRun } from '../../src/core/run/training-run.ts';
import type { FittedConstant } from './fitted.ts';

const kernels = {
  file: 'src/core/estimate/time/kernel-speed.ts',
  from: 'the rows below, all sources at once',
};
const exchange = { ...kernels, file: 'src/core/estimate/time/exchange-time.ts' };
const step = { ...kernels, file: 'src/core/estimate/time/step-time.ts' };

/** The head is a matrix product for the most part. */
const matrices: readonly StepPart[] = ['matrices', 'head'];

/**
 * What stands in the tokens per second. Each constant is the speed of one part of a step, or its size, so that its
 * elasticity is that part's share of the step.
 */
export const throughputConstants: readonly FittedConstant[] = [
  {
    ...kernels,
    name: 'matrix products, V100 and A100',
    values: ['0.75'],
    elasticity: faster(matrices, on('moderate')),
  },
  { ...kernels, name: 'matrix products, H100 and H200', values: ['0.8'], elasticity: faster(matrices, on('fast')) },
  { ...kernels, name: 'matrix products, Blackwell', values: ['0.59'], elasticity: faster(matrices, on('fastest')) },
  {
    ...kernels,
    name: 'attention, V100 and A100',
    values: ['0.34'],
    elasticity: faster(['attention'], on('moderate')),
  },
  {
    ...kernels,
    name: 'attention, H100 and H200, tuned',
    values: ['0.37'],
    elasticity: faster(['attention'], (run) => on('fast')(run) && by('tuned')(run)),
  },
  {
    ...kernels,
    name: 'attention, H100 and H200, PyTorch',
    values: ['0.2'],
    elasticity: faster(['attention'], (run) => on('fast')(run) && !by('tuned')(run)),
  },
  { ...kernels, name: 'attention, Blackwell', values: ['0.47'], elasticity: faster(['attention'], on('fastest')) },
  {
    ...kernels,
    name: 'matrix products of PyTorch stacks since Hopper',
    values: ['0.8'],
    elasticity: faster(matrices, (run) => !on('moderate')(run) && by('general')(run)),
  },
  {
    ...kernels,
    name: 'matrix products of Megatron-DeepSpeed',
    values: ['0.76'],
    elasticity: faster(matrices, by('legacy')),
  },
  {
    ...kernels,
    name: 'fp8 products, tuned',
    values: ['0.96'],
    elasticity: faster(matrices, (run) => usesFp8(run) && by('tuned')(run)),
  },
  {
    ...kernels,
    name: 'fp8 products, PyTorch',
    values: ['0.8'],
    elasticity: faster(matrices, (run) => usesFp8(run) && !by('tuned')(run)),
  },
  {
    ...kernels,
    name: 'traffic of small kernels',
    values: ['1.5'],
    elasticity: slower(['elementwise'], (run) => run.training.trainer !== 'llm.c'),
  },
  {
    ...kernels,
    name: 'traffic of hand-written kernels',
    values: ['0.5'],
    from: 'karpathy/llm.c',
    // That of the others.
    unseen: 3,
    elasticity: slower(['elementwise', 'head'], (run) => run.training.trainer === 'llm.c'),
  },
  { ...kernels, name: 'traffic of eager kernels', values: ['1.2'], elasticity: slower(['elementwise'], isEager) },
  {
    ...kernels,
    name: 'heads off the tensor cores',
    values: ['0.13'],
    elasticity: faster(['attention'], ({ model }) => model !== null && model.headDim % 8 !== 0),
  },
  { ...exchange, name: 'exchange of tensor ranks', values: ['1.1'], elasticity: slower(['modelExchange']) },
  {
    ...exchange,
    name: 'exchange of data ranks that never hides',
    values: ['0.09'],
    elasticity: slower(['dataExchange']),
  },
  {
    ...step,
    name: 'bubble where nobody states the virtual pipeline',
    values: ['0.45'],
    elasticity: slower(['bubble'], ({ facts }) => facts['parallelism.virtual_pipeline'] === undefined),
  },
  { ...step, name: 'waiting for the slowest GPU', values: ['0.0056'], elasticity: slower(['stragglers']) },
];

type Condition = (run: TrainingRun) => boolean;

/** A constant that speeds parts up. */
function faster(parts: readonly StepPart[], applies: Condition = () => true): FittedConstant['elasticity'] {
  return ({ estimated: { run } }) => (applies(run) ? shareOf(parts, run) : 0);
}

/** A constant that makes parts longer. */
function slower(parts: readonly StepPart[], applies: Condition = () => true): FittedConstant['elasticity'] {
  return ({ estimated: { run } }) => (applies(run) ? -shareOf(parts, run) : 0);
}

/** Share of parts in a step. What is so many times the rest grows and shrinks with it. */
function shareOf(named: readonly StepPart[], run: TrainingRun): number {
  const { model, parameters } = run;
  const time = model === null || parameters === null ? null : stepTime({ ...run, model, parameters });
  if (time === null) return 0;
  const { parts, seconds } = time;
  const worked =
    parts.matrices + parts.attention + parts.elementwise + parts.head + parts.modelExchange + parts.launches;
  const withFollowers = 1 + (parts.experts + parts.bubble) / worked;
  const withoutStragglers = seconds - parts.stragglers;
  const shareOfPart = (part: StepPart): number => {
    if (part === 'stragglers') return parts.stragglers / seconds;
    const isWork = !['experts', 'bubble', 'dataExchange', 'optimizer', 'offload'].includes(part);
    return (parts[part] * (isWork ? withFollowers : 1)) / withoutStragglers;
  };
  return named.reduce((total, part) => total + shareOfPart(part), 0);
}

function on(speed: 'moderate' | 'fast' | 'fastest'): Condition {
  return ({ hardware }) => {
    const peak = peakFlopsPerSecond(hardware.gpu, 'bf16-mixed') ?? 0;
    return speed === (peak < 500e12 ? 'moderate' : peak < 1500e12 ? 'fast' : 'fastest');
  };
}

function by(stack: Stack): Condition {
  return ({ training }) => stackOf(training.trainer) === stack;
}

function usesFp8({ training }: TrainingRun): boolean {
  return training.precision === 'fp8-mixed';
}

function isEager({ training }: TrainingRun): boolean {
  return runsEager(training);
}
