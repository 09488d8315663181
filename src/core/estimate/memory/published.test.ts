// Worked examples of papers: what their tables and abstracts say of one configuration, redone by the estimate.
import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { Parallelism } from '../../run/parallelism.ts';
import type { MemoryEstimate } from '../estimate.ts';
import { trainerTraits } from '../trainer-traits.ts';
import { circumstances } from './circumstances.ts';
import { numerics } from './numerics.ts';
import { stateBytes } from './state-bytes.ts';
import { layerActivations } from './layer-activations.ts';
import { memoryPart } from './memory.ts';

const gibibyte = 2 ** 30;

function memoryOf(deviation: Deviation): MemoryEstimate {
  return memoryPart(aDescribedRun(deviation)).value!;
}

function bytesOf({ items }: MemoryEstimate, ...ids: string[]): number {
  return items.filter(({ id }) => ids.includes(id)).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** A GPT with an MLP of 4h and as many layers as asked for. */
function gpt(hiddenSize: number, numLayers: number, numAttentionHeads: number): ModelShape {
  const gpt2 = aDescribedRun({ model: 'openai-community/gpt2' }).model;
  const headDim = hiddenSize / numAttentionHeads;
  const heads = { numAttentionHeads, numKeyValueHeads: numAttentionHeads, headDim };
  return { ...gpt2, ...heads, hiddenSize, numLayers, intermediateSize: 4 * hiddenSize, vocabSize: 51_200 };
}

describe('ZeRO, arXiv 1910.02054, figure 1: 7.5B parameters on 64 GPUs', () => {
  test.each<{ sharding: Parallelism['sharding']; gigabytes: number }>([
    { sharding: 'ddp', gigabytes: 120 },
    { sharding: 'zero1', gigabytes: 31.4 },
    { sharding: 'zero2', gigabytes: 16.6 },
    { sharding: 'zero3', gigabytes: 1.9 },
  ])('$sharding takes $gigabytes GB of states', ({ sharding, gigabytes }) => {
    const run = {
      model: gpt(4096, 36, 32),
      gpuCount: 64,
      parallelism: { sharding },
      training: { trainer: 'deepspeed', precision: 'fp16-mixed', gradientAccumulationSteps: 2 },
    } as const;
    const states = bytesOf(memoryOf(run), 'parameters', 'gradients', 'optimizer_states');
    const ofPaper = (states / aDescribedRun(run).parameters.total) * 7.5;
    expect(Math.abs(ofPaper / gigabytes - 1)).toBeLessThan(0.02);
  });
});

describe('Korthikanti et al., arXiv 2205.05198, table 2: bytes of one layer of GPT-3 a token', () => {
  const [h, a, s, t] = [12_288, 96, 2048, 8];
  const scores = (5 * a * s) / h;
  test.each([
    { how: 'without parallelism', tensor: 1, sequenceParallel: false, bytes: h * (34 + scores) },
    { how: 'tensor parallel', tensor: t, sequenceParallel: false, bytes: h * (10 + 24 / t + scores / t) },
    { how: 'tensor and sequence parallel', tensor: t, sequenceParallel: true, bytes: (h / t) * (34 + scores) },
  ])('$how', ({ tensor, sequenceParallel, bytes }) => {
    const run = aDescribedRun({
      model: gpt(h, 96, a),
      training: { trainer: 'megatron-lm', sequenceLength: s, flashAttention: false, dropout: 0.1 },
    });
    const traits = trainerTraits('megatron-lm');
    const assumed = circumstances(run, traits, 'likely');
    const layer = layerActivations({
      model: run.model,
      training: run.training,
      circumstances: assumed,
      tensor,
      sequenceParallel,
      numerics: numerics(run, traits, stateBytes(run.training, run.parallelism, traits), assumed),
      hasExperts: false,
    });
    expect(Math.abs(layer.all / bytes - 1)).toBeLessThan(0.01);
    expect(layer.input).toBe((2 * h) / (sequenceParallel ? tensor : 1));
  });
});

const adapter = { rank: 64, targetModules: ['all-linear'], adapters: 1 };

test('QLoRA, arXiv 2305.14314: 65B is fine-tuned on one GPU of 48 GB, and in 16 bits takes more than 780 GB', () => {
  const run = { model: 'huggyllama/llama-65b', gpuCount: 1, parallelism: { sharding: 'none' } } as const;
  const common = { trainer: 'huggingface', sequenceLength: 512, activationCheckpointing: 'full' } as const;
  const quantization = { bits: 4, double: true } as const;
  const qlora = memoryOf({
    ...run,
    training: { ...common, method: 'qlora', adapter, quantization, optimizer: 'paged-adamw' },
  });
  expect(qlora.peakBytes).toBeLessThan(48e9);
  expect(memoryOf({ ...run, training: common }).peakBytes).toBeGreaterThan(780e9);
});

test('QLoRA, section 3: double quantization saves 0.373 bits a parameter', () => {
  const weights = (double: boolean): number =>
    bytesOf(
      memoryOf({
        model: 'huggyllama/llama-65b',
        gpuCount: 1,
        parallelism: { sharding: 'none' },
        training: { method: 'qlora', adapter, quantization: { bits: 4, double } },
      }),
      'parameters',
    );
  expect(((weights(false) - weights(true)) * 8) / 64.7e9).toBeCloseTo(0.373, 2);
});

describe('LOMO, arXiv 2306.09782', () => {
  const training = {
    trainer: 'deepspeed',
    precision: 'fp16',
    optimizer: 'lomo',
    sequenceLength: 512,
    activationCheckpointing: 'full',
  } as const;

  test('65B trains on eight GPUs of 24 GB', () => {
    const run = {
      model: 'huggyllama/llama-65b',
      gpuCount: 8,
      gpu: 'RTX 3090',
      parallelism: { sharding: 'zero3' },
    } as const;
    expect(memoryOf({ ...run, training }).peakBytes).toBeLessThan(24 * gibibyte);
  });

  test('7B on one takes little more than its weights', () => {
    const run = { model: 'huggyllama/llama-7b', gpuCount: 1, parallelism: { sharding: 'none' } } as const;
    const memory = memoryOf({ ...run, training });
    expect(memory.allocatedBytes / bytesOf(memory, 'parameters')).toBeLessThan(1.2);
  });
});

test('GaLore, arXiv 2403.03507, table 2: weights and states of 1B are 4.38 GB at rank 512, 7.80 GB with Adam', () => {
  const llama = aDescribedRun({ model: 'meta-llama/Llama-2-7b-hf' }).model;
  const heads = { numAttentionHeads: 32, numKeyValueHeads: 32, headDim: 64 };
  const model = { ...llama, ...heads, hiddenSize: 2048, numLayers: 24, intermediateSize: 5461 };
  const states = (optimizer: 'adamw' | 'galore'): number =>
    bytesOf(
      memoryOf({
        model,
        gpuCount: 1,
        parallelism: { sharding: 'none' },
        training: { trainer: 'litgpt', precision: 'bf16', optimizer, optimizerRank: 512, sequenceLength: 256 },
      }),
      'parameters',
      'optimizer_states',
    ) / 1e9;
  expect(Math.abs(states('adamw') / 7.8 - 1)).toBeLessThan(0.1);
  expect(Math.abs(states('galore') / 4.38 - 1)).toBeLessThan(0.1);
});

test('ZeRO-Offload, arXiv 2101.06840: 13B trains on one V100 of 32 GB, and not with its states on it', () => {
  const memory = (cpuOffload: 'optimizer' | 'none'): number =>
    memoryOf({
      model: 'meta-llama/Llama-2-13b-hf',
      gpuCount: 1,
      gpu: 'V100-32GB',
      parallelism: { sharding: 'zero2', cpuOffload },
      training: {
        trainer: 'deepspeed',
        precision: 'fp16-mixed',
        sequenceLength: 1024,
        activationCheckpointing: 'full',
      },
    }).peakBytes;
  expect(memory('optimizer')).toBeLessThan(32 * gibibyte);
  expect(memory('none')).toBeGreaterThan(200e9);
});

test("Megatron-LM's documentation: a distributed optimizer keeps 6 + 12/d bytes a parameter", () => {
  const run = {
    model: gpt(4096, 32, 32),
    gpuCount: 8,
    parallelism: { sharding: 'zero1' },
    training: { trainer: 'megatron-lm', precision: 'bf16-mixed', sequenceLength: 2048 },
  } as const;
  const states = bytesOf(memoryOf(run), 'parameters', 'gradients', 'optimizer_states');
  expect(states / aDescribedRun(run).parameters.total).toBeCloseTo(6 + 12 / 8, 1);
});
