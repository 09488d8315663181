import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { optimizers } from '../../run/fields/training-fields.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { Parallelism } from '../../run/parallelism.ts';
import type { MemoryEstimate } from '../estimate.ts';
import { memoryPart } from './memory.ts';

function memoryOf(deviation: Deviation): MemoryEstimate {
  return memoryPart(aDescribedRun(deviation)).value!;
}

const models = [
  'openai-community/gpt2',
  'meta-llama/Llama-3.1-8B',
  'meta-llama/Llama-2-7b-hf',
  'mistralai/Mixtral-8x7B-v0.1',
];
const trainers = [null, 'torchtitan', 'megatron-lm', 'deepspeed', 'huggingface', 'prime-rl', 'someone-else'];
const shardings: Parallelism['sharding'][] = ['none', 'ddp', 'zero1', 'zero2', 'zero3', 'hsdp'];

const adapter = { rank: 16, targetModules: ['all-linear'], adapters: 1 };

/** Runs of every kind; only the model's size and the GPU count are those of real runs. */
const runs: fc.Arbitrary<Deviation> = fc
  .record({
    model: fc.constantFrom(...models),
    gpuCount: fc.constantFrom(16, 64, 256),
    method: fc.constantFrom('full', 'lora', 'qlora'),
    training: fc.record({
      trainer: fc.constantFrom(...trainers),
      sequenceLength: fc.integer({ min: 1, max: 200_000 }),
      microBatchSize: fc.integer({ min: 1, max: 64 }),
      gradientAccumulationSteps: fc.integer({ min: 1, max: 32 }),
      precision: fc.constantFrom('fp32', 'bf16-mixed', 'fp16-mixed', 'bf16', 'fp16', 'fp8-mixed'),
      optimizer: fc.constantFrom(...optimizers),
      activationCheckpointing: fc.constantFrom('none', 'selective', 'full'),
      activationOffload: fc.boolean(),
      flashAttention: fc.boolean(),
      fusedLoss: fc.boolean(),
      compile: fc.boolean(),
    }),
    parallelism: fc.record({
      sharding: fc.constantFrom(...shardings),
      tensor: fc.constantFrom(1, 2, 4),
      sequenceParallel: fc.boolean(),
      pipeline: fc.constantFrom(1, 2),
      virtualPipeline: fc.constantFrom(1, 2),
      context: fc.constantFrom(1, 2),
      expert: fc.constantFrom(1, 2, 8),
      reshardAfterForward: fc.boolean(),
      cpuOffload: fc.constantFrom('none', 'optimizer', 'parameters'),
    }),
  })
  .map(({ method, training, ...rest }) => ({
    ...rest,
    training: {
      ...training,
      method,
      adapter: method === 'full' ? null : adapter,
      quantization: method === 'qlora' ? { bits: 4, double: true } : null,
    },
  }));

const property = (holds: (run: Deviation) => void): void => {
  fc.assert(fc.property(runs, holds), { numRuns: 300 });
};

describe('of every run', () => {
  test('the items are named once, are not negative and add up to the peak', () => {
    property((run) => {
      const { items, peakBytes } = memoryOf(run);
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      expect(items.every(({ bytes }) => bytes > 0 && Number.isFinite(bytes))).toBe(true);
      expect(items.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(peakBytes);
    });
  });

  test('allocated ≤ reserved ≤ peak, and the peak lies in its range', () => {
    property((run) => {
      const { allocatedBytes, reservedBytes, peakBytes, lowBytes, highBytes } = memoryOf(run);
      expect(allocatedBytes).toBeLessThanOrEqual(reservedBytes);
      expect(reservedBytes).toBeLessThanOrEqual(peakBytes);
      expect(lowBytes).toBeLessThanOrEqual(peakBytes);
      expect(peakBytes).toBeLessThanOrEqual(highBytes);
    });
  });

  test('more sequences or longer ones never take less memory', () => {
    property((run) => {
      const { microBatchSize = 1, sequenceLength = 1 } = run.training!;
      const peak = memoryOf(run).peakBytes;
      const wider = { ...run, training: { ...run.training, microBatchSize: microBatchSize + 1 } };
      const longer = { ...run, training: { ...run.training, sequenceLength: sequenceLength + 512 } };
      expect(memoryOf(wider).peakBytes).toBeGreaterThanOrEqual(peak);
      expect(memoryOf(longer).peakBytes).toBeGreaterThanOrEqual(peak);
    });
  });

  test('twice the GPUs never take more memory on each', () => {
    property((run) => {
      const twice = { ...run, gpuCount: 2 * run.gpuCount! };
      expect(memoryOf(twice).peakBytes).toBeLessThanOrEqual(memoryOf(run).peakBytes * (1 + 1e-12));
    });
  });

  test('full checkpointing and flash attention never take more memory than doing without', () => {
    property((run) => {
      const withCheckpointing = (activationCheckpointing: 'none' | 'full'): number =>
        memoryOf({ ...run, training: { ...run.training, activationCheckpointing, activationOffload: false } })
          .allocatedBytes;
      expect(withCheckpointing('full')).toBeLessThanOrEqual(withCheckpointing('none'));
      // Below a few hundred tokens the scores are smaller than the output that a fused kernel keeps for itself.
      const sequenceLength = Math.max(512, run.training!.sequenceLength!);
      const withFlash = (flashAttention: boolean): number =>
        memoryOf({ ...run, training: { ...run.training, sequenceLength, flashAttention } }).peakBytes;
      expect(withFlash(true)).toBeLessThanOrEqual(withFlash(false));
    });
  });
});

test('each stage of ZeRO takes no more memory than the one before', () => {
  const cases = fc.record({
    model: fc.constantFrom('meta-llama/Llama-3.1-8B', 'meta-llama/Llama-2-7b-hf', 'huggyllama/llama-65b'),
    gpuCount: fc.constantFrom(8, 32, 512),
    trainer: fc.constantFrom(null, 'torchtitan', 'deepspeed', 'huggingface'),
    sequenceLength: fc.integer({ min: 1, max: 32_768 }),
    gradientAccumulationSteps: fc.integer({ min: 1, max: 8 }),
  });
  fc.assert(
    fc.property(cases, ({ model, gpuCount, ...training }) => {
      // Without it FSDP, which is what stage 3 is taken for, holds whole gradients, and DeepSpeed's stage 2 does not.
      const syncEachBatch = true;
      const [ddp, zero1, zero2, zero3] = (['ddp', 'zero1', 'zero2', 'zero3'] as const).map(
        (sharding) => memoryOf({ model, gpuCount, training, parallelism: { sharding, syncEachBatch } }).allocatedBytes,
      );
      expect(zero1!).toBeLessThanOrEqual(ddp!);
      expect(zero2!).toBeLessThanOrEqual(zero1!);
      expect(zero3!).toBeLessThanOrEqual(zero2!);
    }),
  );
});

test('absurd but valid dimensions give finite figures', () => {
  const dimension = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
  const shapes: fc.Arbitrary<ModelShape> = fc.record({
    hiddenSize: dimension(10_000_000),
    numLayers: dimension(10_000),
    numAttentionHeads: dimension(100_000),
    numKeyValueHeads: dimension(100_000),
    headDim: dimension(100_000),
    intermediateSize: dimension(10_000_000),
    gatedMlp: fc.boolean(),
    vocabSize: dimension(100_000_000),
    tieWordEmbeddings: fc.boolean(),
    learnedPositions: fc.integer({ min: 0, max: 1_000_000_000 }),
    norm: fc.constantFrom('rmsnorm', 'layernorm'),
    normsPerLayer: dimension(4),
    qkNorm: fc.boolean(),
    qkvBias: fc.boolean(),
    attentionOutputBias: fc.boolean(),
    mlpBias: fc.boolean(),
    moe: fc.option(
      fc.record({
        numExperts: dimension(100_000),
        expertsPerToken: dimension(100_000),
        intermediateSize: dimension(10_000_000),
        sharedExperts: fc.integer({ min: 0, max: 100_000 }),
        sharedIntermediateSize: dimension(10_000_000),
        expertLayers: fc.constantFrom(0, 1),
      }),
      { nil: null },
    ),
  });
  const degree = dimension(100_000);
  const parallelism = fc.record({
    sharding: fc.constantFrom('none' as const, 'ddp' as const),
    tensor: degree,
    pipeline: degree,
    virtualPipeline: degree,
    context: degree,
    expert: degree,
  });
  fc.assert(
    fc.property(shapes, parallelism, dimension(1_000_000_000), (model, split, sequenceLength) => {
      const { items, lowBytes, highBytes } = memoryOf({
        model,
        gpuCount: null,
        parallelism: split,
        training: { sequenceLength, microBatchSize: 100_000, flashAttention: false },
      });
      expect(Number.isFinite(lowBytes) && Number.isFinite(highBytes)).toBe(true);
      expect(items.every(({ quantities }) => quantities.every(([, value]) => Number.isFinite(value)))).toBe(true);
    }),
  );
});

describe('pipelines', () => {
  const pipeline = (stages: number, virtual = 1): Deviation => ({
    gpuCount: 8,
    parallelism: { sharding: 'none', pipeline: stages, virtualPipeline: virtual },
    training: { trainer: 'megatron-lm', gradientAccumulationSteps: 64, sequenceLength: 32_768, fusedLoss: true },
  });
  const activations = (run: Deviation): number => memoryOf(run).items.find(({ id }) => id === 'activations')!.bytes;

  test('the first stage keeps as many micro batches as there are stages, so splitting saves weights and not activations', () => {
    expect(activations(pipeline(4)) / activations(pipeline(1))).toBeCloseTo(1, 1);
  });

  test('two chunks a stage keep 1 + (p − 1)/(p·v) as much: 1.375 with four stages', () => {
    expect(activations(pipeline(4, 2)) / activations(pipeline(4))).toBeCloseTo(1.375, 1);
  });
});
