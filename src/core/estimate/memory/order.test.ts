// What can only take less, or never more: limits that hold for every trainer and size.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { Training } from '../../run/training.ts';
import type { MemoryEstimate } from '../estimate.ts';
import { memoryPart } from './memory.ts';

function memoryOf(deviation: Deviation): MemoryEstimate {
  return memoryPart(aDescribedRun(deviation)).value!;
}

function bytesOf(deviation: Deviation, id: string): number {
  return memoryOf(deviation).items.find((item) => item.id === id)?.bytes ?? 0;
}

const trainers = [
  null,
  'torchtitan',
  'megatron-lm',
  'deepspeed',
  'huggingface',
  'torchtune',
  'litgpt',
  'unsloth',
  'nanotron',
  'verl',
];

const runs: fc.Arbitrary<Deviation> = fc
  .record({
    model: fc.constantFrom('openai-community/gpt2', 'meta-llama/Llama-3.1-8B', 'mistralai/Mixtral-8x7B-v0.1'),
    trainer: fc.constantFrom(...trainers),
    sequenceLength: fc.constantFrom(512, 4096, 32_768),
    microBatchSize: fc.integer({ min: 1, max: 8 }),
    gradientAccumulationSteps: fc.constantFrom(1, 8),
    compile: fc.boolean(),
    flashAttention: fc.boolean(),
    sharding: fc.constantFrom('none', 'zero1', 'zero2', 'zero3'),
  })
  .map(({ model, sharding, ...training }) => ({ model, gpuCount: 64, parallelism: { sharding }, training }));

function training(run: Deviation, change: Partial<Training>): Deviation {
  return { ...run, training: { ...run.training, ...change } };
}

function split(run: Deviation, change: NonNullable<Deviation['parallelism']>): Deviation {
  return { ...run, parallelism: { ...run.parallelism, ...change } };
}

/** The first of two runs never takes more than the second, but for rounding. */
function never(more: (run: Deviation) => readonly [less: number, than: number]): void {
  fc.assert(
    fc.property(runs, (run) => {
      const [less, than] = more(run);
      expect(less).toBeLessThanOrEqual(than * (1 + 1e-9));
    }),
    { numRuns: 150 },
  );
}

const ofWeights = (run: Deviation): number => bytesOf(run, 'parameters');
const allocated = (run: Deviation): number => memoryOf(run).allocatedBytes;

describe('a split', () => {
  // Megatron pads the vocabulary for its tensor ranks, by less than a hundredth here.
  test('over twice the tensor ranks never leaves a GPU more weights', () => {
    const unsharded = (run: Deviation, tensor: number) => split(run, { sharding: 'none', tensor });
    never((run) => [ofWeights(unsharded(run, 8)), 1.01 * ofWeights(unsharded(run, 4))]);
    never((run) => [ofWeights(unsharded(run, 2)), 1.01 * ofWeights(unsharded(run, 1))]);
  });

  test('over twice the pipeline stages never leaves a GPU more weights', () => {
    const stages = (run: Deviation, pipeline: number) => split(run, { sharding: 'none', pipeline });
    never((run) => [ofWeights(stages(run, 4)), ofWeights(stages(run, 2)) * 1.01]);
  });

  test('over expert ranks never leaves a GPU more weights', () => {
    never((run) => [ofWeights(split(run, { expert: 8 })), ofWeights(split(run, { expert: 1 }))]);
  });

  test('over context ranks never leaves a GPU more activations', () => {
    const context = (run: Deviation, ranks: number) => bytesOf(split(run, { context: ranks }), 'activations');
    never((run) => [context(run, 4), context(run, 1)]);
  });
});

describe('of what is kept', () => {
  const checkpointed = (run: Deviation, activationCheckpointing: Training['activationCheckpointing']) =>
    allocated(training(run, { activationCheckpointing }));

  // A selective policy recomputes one layer, which for a single short one can be as much as it saves.
  test('full checkpointing ≤ selective ≤ none', () => {
    never((run) => [checkpointed(run, 'full'), checkpointed(run, 'selective')]);
    never((run) => [checkpointed(run, 'selective'), checkpointed(run, 'none')]);
  });

  test('twice the sequence never takes less, nor more than twice as much where no scores are kept', () => {
    const ofLength = (run: Deviation, factor: number) =>
      allocated(training(run, { flashAttention: true, sequenceLength: factor * run.training!.sequenceLength! }));
    never((run) => [ofLength(run, 1), ofLength(run, 2)]);
    never((run) => [ofLength(run, 2), 2 * ofLength(run, 1)]);
  });

  test('a fused loss never takes more than all logits', () => {
    never((run) => [
      allocated(training(run, { fusedLoss: true })),
      1.05 * allocated(training(run, { fusedLoss: false })),
    ]);
  });
});

describe('of states', () => {
  const adapter = { rank: 16, targetModules: ['all-linear'], adapters: 1 };
  const lora: Partial<Training> = { method: 'lora', adapter };
  const qlora: Partial<Training> = { method: 'qlora', adapter, quantization: { bits: 4, double: true } };
  const heldBy = (run: Deviation): number =>
    ['parameters', 'gradients', 'optimizer_states'].reduce((sum, id) => sum + bytesOf(run, id), 0);

  test('QLoRA ≤ LoRA ≤ full', () => {
    // Before transformers 5, experts were matrices of their own, and quantized.
    const old = { trainerVersion: '4.57.1', frozenPrecision: 'bf16' } as const;
    const accumulating = { gradientAccumulationSteps: 8, microBatchSize: 1, sequenceLength: 512, ...old };
    const held = (run: Deviation): number => heldBy(split(run, { syncEachBatch: true }));
    // FSDP keeps quantized models' embeddings as wide as the rest; none is wider than in LoRA by more than PEFT casts.
    never((run) => [
      held(training(run, { ...accumulating, ...qlora })),
      held(training(run, { ...accumulating, ...lora })),
    ]);
    never((run) => [held(training(run, { ...accumulating, ...lora })), held(training(run, accumulating))]);
  });

  // DeepSpeed and Megatron keep fp32 copies beside short weights, and an eager softmax its fp32 output beside the cast.
  test('bf16 alone ≤ fp32 in a plain loop with flash attention', () => {
    const inType = (run: Deviation, precision: 'bf16' | 'fp32') =>
      allocated(training(run, { trainer: 'litgpt', flashAttention: true, precision }));
    never((run) => [inType(run, 'bf16'), inType(run, 'fp32')]);
  });

  test('LOMO and an optimizer in the backward pass have no full gradient', () => {
    const gradients = (run: Deviation): number => bytesOf(split(run, { sharding: 'none' }), 'gradients');
    never((run) => [gradients(training(run, { optimizer: 'lomo' })), gradients(training(run, { optimizer: 'sgd' }))]);
    never((run) => [
      gradients(training(run, { optimizerInBackward: true })),
      gradients(training(run, { optimizerInBackward: false, gradientAccumulationSteps: 8 })),
    ]);
  });

  test('offloading never takes more, and moves the optimizer away', () => {
    // Where the engine is open, that of an offloaded optimizer is another one.
    const isOpen = (run: Deviation) => ['huggingface', 'unsloth'].includes(run.training?.trainer ?? '');
    const offloaded = (run: Deviation, cpuOffload: 'none' | 'optimizer' | 'parameters') =>
      split(run, isOpen(run) ? { cpuOffload, shardingEngine: 'deepspeed' } : { cpuOffload });
    // Gradients on their way to the host pass through a buffer, which may be larger than a rank's share of the states.
    // Which moment is the fullest changes with it: at none of them is more allocated.
    const most = (run: Deviation): number =>
      Math.max(
        ...memoryOf(run).timeline.map(({ items }) =>
          items.reduce((sum, { id, bytes }) => (['fragmentation', 'buffers'].includes(id) ? sum : sum + bytes), 0),
        ),
      );
    never((run) => [most(offloaded(run, 'optimizer')), most(offloaded(run, 'none'))]);
    never((run) => [bytesOf(offloaded(run, 'optimizer'), 'optimizer_states'), 0]);
    never((run) => [ofWeights(offloaded(run, 'parameters')), 0]);
  });
});
