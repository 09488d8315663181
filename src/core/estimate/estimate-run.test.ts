import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../test/support/a-described-run.ts';
import type { Facts } from '../run/facts.ts';
import { gibibyte } from '../units/bytes.ts';
import { estimateRun, type Prices } from './estimate-run.ts';
import type { Estimate } from './estimate.ts';

const noPrices: Prices = { plan: null, list: null };

function estimate(deviation: Deviation = {}, prices = noPrices): Estimate {
  return estimateRun(aDescribedRun(deviation), prices);
}

function bytesOf({ memory }: Estimate, id: string): number {
  return memory!.items.find((item) => item.id === id)?.bytes ?? 0;
}

const llama8B = 8_030_261_248;

describe('worked by hand', () => {
  test('Llama-3-8B on 8 H100 with FSDP: 16 bytes a parameter over 8 GPUs, 12 bytes a logit', () => {
    const result = estimate();
    expect(bytesOf(result, 'parameters')).toBe((4 * llama8B) / 8);
    expect(bytesOf(result, 'optimizer_states')).toBe((8 * llama8B) / 8);
    // Without accumulation no gradients exist when the loss is computed over all activations.
    expect(bytesOf(result, 'gradients')).toBe(0);
    expect(bytesOf(result, 'logits_and_loss')).toBe(8192 * 128_256 * 12);
    // FSDP 2 shards layers and embedding again behind their forward pass: at the loss the head alone is gathered, in bf16
    // (the final norm, 8 KB, is left out); 64 MB of workspaces come on top.
    const gathered = 2 * 128_256 * 4096;
    expect(bytesOf(result, 'buffers')).toBe(gathered + 64e6);
  });

  test('LoRA of rank 8 on q and v of Llama-2-7B: a bf16 base, 4,194,304 adapter parameters with fp32 states', () => {
    const result = estimate({
      model: 'meta-llama/Llama-2-7b-hf',
      gpuCount: 1,
      parallelism: { sharding: 'none' },
      training: {
        trainer: 'huggingface',
        method: 'lora',
        frozenPrecision: 'bf16',
        adapter: { rank: 8, targetModules: ['q_proj', 'v_proj'], adapters: 1 },
        sequenceLength: 2048,
        activationCheckpointing: 'full',
      },
    });
    expect(bytesOf(result, 'parameters')).toBe(2 * 6_738_415_616 + 4 * 4_194_304);
    expect(bytesOf(result, 'gradients')).toBe(4 * 4_194_304);
    expect(bytesOf(result, 'optimizer_states')).toBe(8 * 4_194_304);
    // Inputs of 32 layers, 2·4096 bytes a token, and input and output of the final norm.
    expect(bytesOf(result, 'activations')).toBe(2048 * (32 * 2 * 4096 + 4 * 4096));
  });

  test('Megatron with a distributed optimizer over 2 ranks and 4 tensor ranks: 6 + 12/2 bytes a parameter, split by 4', () => {
    const result = estimate({
      parallelism: { tensor: 4, sequenceParallel: true, sharding: 'zero1' },
      training: { trainer: 'megatron-lm' },
    });
    const states = bytesOf(result, 'parameters') + bytesOf(result, 'gradients') + bytesOf(result, 'optimizer_states');
    // Norms, 65 of 4096, are on each tensor rank; the vocabulary is padded to a multiple of 128 · 4.
    const norms = 65 * 4096;
    const padding = 2 * (128_512 - 128_256) * 4096;
    expect(states).toBe(12 * ((llama8B + padding - norms) / 4 + norms));
    expect(bytesOf(result, 'logits_and_loss')).toBe((8192 * 128_512 * 6) / 4);
  });

  test('a trillion tokens of Llama-3-8B: FLOPs, GPU-hours and dollars', () => {
    const { compute, cost } = estimate({}, { plan: null, list: { usdPerGpuHour: 4, source: 'list' } });
    // 6 · (8,030,261,248 − embedding − norms) + 6 · 32 layers · 4096 · 8192
    const flops = 6 * (llama8B - 128_256 * 4096 - 65 * 4096) + 6 * 32 * 4096 * 8192;
    expect(compute!.flopsPerToken).toBe(flops);
    expect(compute!.mfu! * 989.5e12).toBeCloseTo(flops * compute!.tokensPerSecondPerGpu!, -6);
    expect(compute!.gpuHours).toBeCloseTo(((1e12 * flops) / (989.5e12 * compute!.mfu! * 3600)) * 1.1, 0);
    expect(cost!.usd).toBeCloseTo(4 * compute!.gpuHours!, 5);
  });
});

describe('published figures', () => {
  const selective = { activationCheckpointing: 'selective' } as const;
  const eagerLoss: Facts = { 'training.fused_loss': { value: false, authority: 'config', place: null } };

  test.each([
    {
      source: 'torchtitan, benchmarks/llama3_h100_202412_torchtitan.md: Llama-3.1-8B, 8 H100, compiled',
      reservedGib: 77,
      run: { training: { ...selective, microBatchSize: 2, compile: true }, facts: eagerLoss },
    },
    {
      source: 'torchtitan, the same table: 128 H100',
      reservedGib: 62,
      run: { gpuCount: 128, training: { ...selective, microBatchSize: 2, compile: true }, facts: eagerLoss },
    },
    {
      source: 'torchtitan, comparison of reshard_after_forward: default',
      reservedGib: 49.6,
      run: { training: selective },
    },
    {
      source: 'torchtitan, comparison of reshard_after_forward: never',
      reservedGib: 62.2,
      run: { training: selective, parallelism: { reshardAfterForward: false } },
    },
    {
      source: 'prime-rl, benchmarks/baselines: Qwen3-4B, fine-tuned on 8 H200, 16k tokens',
      reservedGib: 54.6,
      run: {
        model: 'Qwen/Qwen3-4B',
        gpu: 'H200',
        training: {
          trainer: 'prime-rl',
          activationCheckpointing: 'full',
          sequenceLength: 16_384,
          gradientAccumulationSteps: 2,
          compile: true,
        },
      },
    },
    {
      source: 'torchao, float8nocompile: Llama-3-8B on 8 H100, 4k tokens, full checkpointing, eager',
      reservedGib: 28.07,
      run: { training: { activationCheckpointing: 'full', sequenceLength: 4096 }, facts: eagerLoss },
    },
    {
      source: 'torchtitan, chunked cross-entropy: Llama-3-8B on 8 H100',
      reservedGib: 42.26,
      run: { training: { ...selective, fusedLoss: true } },
    },
    {
      source: 'prime-rl, benchmarks/baselines: Qwen3-30B-A3B, RL on 8 H200, 65k tokens, experts weighted in fp32',
      reservedGib: 105.4,
      run: {
        model: 'Qwen/Qwen3-30B-A3B',
        gpu: 'H200',
        training: {
          trainer: 'prime-rl',
          activationCheckpointing: 'full',
          sequenceLength: 65_536,
          gradientAccumulationSteps: 2,
          compile: true,
          fusedLoss: true,
        },
      },
    },
  ] satisfies { source: string; reservedGib: number; run: Deviation }[])(
    '$source: $reservedGib GiB reserved, within 12%',
    ({ reservedGib, run }) => {
      const reserved = estimate(run).memory!.reservedBytes / gibibyte;
      expect(Math.abs(reserved / reservedGib - 1)).toBeLessThan(0.12);
    },
  );

  test('Megatron-LM, golden values of gpt3_7b_tp4: 53.22 GiB allocated, dropout masks among them, within 5%', () => {
    const result = estimate({
      model: {
        hiddenSize: 4096,
        numLayers: 32,
        numAttentionHeads: 32,
        numKeyValueHeads: 8,
        headDim: 128,
        intermediateSize: 16_384,
        gatedMlp: false,
        vocabSize: 131_073,
        tieWordEmbeddings: false,
        learnedPositions: 0,
        norm: 'layernorm',
        normsPerLayer: 2,
        qkNorm: false,
        qkvBias: false,
        attentionOutputBias: false,
        mlpBias: false,
        moe: null,
      },
      parallelism: { sharding: 'zero1', tensor: 4 },
      training: { trainer: 'megatron-lm', microBatchSize: 2, gradientAccumulationSteps: 2 },
    });
    expect(Math.abs(result.memory!.allocatedBytes / gibibyte / 53.22 - 1)).toBeLessThan(0.05);
  });

  test.each([
    {
      source: 'LLaMA, arXiv 2302.13971, table 15',
      model: 'huggyllama/llama-7b',
      tokens: 1e12,
      length: 2048,
      hours: 82_432,
    },
    {
      source: 'LLaMA, arXiv 2302.13971, table 15',
      model: 'huggyllama/llama-65b',
      tokens: 1.4e12,
      length: 2048,
      hours: 1_022_362,
    },
  ])('$source, $model: $hours A100-hours, within 15%', ({ model, tokens, length, hours }) => {
    const { compute } = estimate({
      model,
      gpu: 'A100-80GB',
      gpuCount: 2048,
      training: { trainer: null, tokens, sequenceLength: length },
    });
    expect(Math.abs(compute!.gpuHours! / hours - 1)).toBeLessThan(0.15);
    expect(compute!.lowGpuHours!).toBeLessThan(hours);
    expect(compute!.highGpuHours!).toBeGreaterThan(hours);
  });
});

describe('what cannot be known', () => {
  test('states divided over an unknown number of GPUs: no memory, and the count is asked for', () => {
    const result = estimate({ gpuCount: null });
    expect(result.memory).toBeNull();
    expect(result.unknown.find(({ field }) => field === 'memory')?.reason).toContain('hardware.count');
    expect(result.compute!.gpuHours).not.toBeNull();
  });

  test('GPUs that do not divide by the model parallel ranks: the multiple is named', () => {
    const result = estimate({ gpuCount: 6, parallelism: { tensor: 4 } });
    expect(result.unknown.find(({ field }) => field === 'memory')?.reason).toContain('= 4');
  });

  test('a run that divides nothing needs no GPU count', () => {
    expect(estimate({ gpuCount: null, parallelism: { sharding: 'none' } }).memory).not.toBeNull();
  });

  test('no tokens: no hours and no dollars, but a speed', () => {
    const result = estimate({ training: { tokens: null } }, { plan: null, list: { usdPerGpuHour: 4, source: 'list' } });
    expect(result.compute).toMatchObject({ tokens: null, gpuHours: null, lowGpuHours: null, highGpuHours: null });
    expect(result.compute!.tokensPerSecondPerGpu).toBeGreaterThan(0);
    expect(result.cost).toMatchObject({ usd: null, usdPerGpuHour: 4 });
    expect(result.unknown.map(({ field }) => field)).toEqual(['compute.gpu_hours', 'cost.usd']);
  });

  test('no GPU: memory and FLOPs are there, time and money are not', () => {
    const result = estimate({ gpu: null });
    expect(result.memory).not.toBeNull();
    expect(result.compute).toMatchObject({ tokensPerSecondPerGpu: null, gpuHours: null });
    expect(result.cost).toBeNull();
    expect(result.inference).toBeNull();
    expect(result.unknown.map(({ field }) => field)).toEqual([
      'compute.tokens_per_second_per_gpu',
      'compute.gpu_hours',
      'cost',
      'inference',
    ]);
  });

  test('no model: nothing is estimated, and the dimensions are asked for', () => {
    const result = estimateRun({ ...aDescribedRun(), model: null, parameters: null }, noPrices);
    expect(result).toMatchObject({ memory: null, compute: null, cost: null, inference: null });
    expect(result.unknown.map(({ field }) => field)).toEqual(['memory', 'compute', 'cost', 'inference']);
  });
});

describe('assumptions', () => {
  test('an unknown trainer is one, and widens the range', () => {
    const known = estimate();
    const unknown = estimate({ training: { trainer: null } });
    expect(known.assumptions.map(({ field }) => field)).not.toContain('training.trainer');
    expect(unknown.assumptions.map(({ field }) => field)).toContain('training.trainer');
    expect(rangeOf(unknown)).toBeGreaterThan(rangeOf(known));
  });

  test('a trainer named after a property of every object is just unknown', () => {
    expect(estimate({ training: { trainer: '__proto__' } }).assumptions.map(({ field }) => field)).toContain(
      'training.trainer',
    );
  });

  test('utilization in training and in serving, and billed hours, are listed', () => {
    const fields = estimate({ usdPerGpuHour: 4 }).assumptions.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['compute.mfu', 'compute.gpu_hours', 'inference.utilization']));
  });
});

function rangeOf({ memory }: Estimate): number {
  return (memory!.highBytes - memory!.lowBytes) / memory!.peakBytes;
}
