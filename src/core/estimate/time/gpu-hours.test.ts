import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { Facts } from '../../run/facts.ts';
import type { RunField } from '../../run/fields.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { ComputeEstimate } from '../estimate.ts';
import { computePart } from './gpu-hours.ts';

function compute(deviation: Deviation = {}): ComputeEstimate {
  return computePart(aDescribedRun(deviation)).value!;
}

/** Facts that say only that a config states these fields. */
function stating(...fields: RunField[]): Facts {
  return Object.fromEntries(fields.map((field) => [field, { value: 1, authority: 'config', place: null }]));
}

const batch = stating(
  'training.micro_batch_size',
  'training.gradient_accumulation_steps',
  'training.activation_checkpointing',
);

const bloom176b: ModelShape = {
  ...aDescribedRun({ model: 'bigscience/bloom-7b1' }).model,
  hiddenSize: 14_336,
  numLayers: 70,
  numAttentionHeads: 112,
  numKeyValueHeads: 112,
  intermediateSize: 57_344,
};

describe('published tokens a second and GPU, within 15% and inside the range', () => {
  test.each([
    {
      source: 'torchtitan, benchmarks/llama3_h100_202412_torchtitan.md, table 1',
      rate: 6667,
      run: { facts: batch, training: { activationCheckpointing: 'selective', compile: true, microBatchSize: 2 } },
    },
    {
      source: 'torchtitan, docs/performance.md, Llama-2-70B, batch 2',
      rate: 353,
      run: {
        model: 'meta-llama/Llama-2-70b-hf',
        gpu: 'A100-80GB',
        gpuCount: 64,
        facts: batch,
        training: { activationCheckpointing: 'full', sequenceLength: 4096, microBatchSize: 2 },
      },
    },
    {
      source: 'NVIDIA dgxc-benchmarking, llama3.1/README.md, 70B bf16 on 1024 H100',
      rate: 1118,
      run: {
        model: 'meta-llama/Llama-3.1-70B',
        gpuCount: 1024,
        facts: { ...batch, ...stating('parallelism.virtual_pipeline') },
        training: { trainer: 'nemo', gradientAccumulationSteps: 64 },
        parallelism: { tensor: 4, pipeline: 4, context: 2, virtualPipeline: 5, sharding: 'zero1' },
      },
    },
    {
      source: 'NVIDIA dgxc-benchmarking, the same page, fp8 on 256 H100',
      rate: 1638,
      run: {
        model: 'meta-llama/Llama-3.1-70B',
        gpuCount: 256,
        facts: { ...batch, ...stating('parallelism.virtual_pipeline') },
        training: { trainer: 'nemo', precision: 'fp8-mixed', gradientAccumulationSteps: 64 },
        parallelism: { tensor: 4, pipeline: 8, virtualPipeline: 5, sharding: 'zero1' },
      },
    },
    {
      source: 'llm-foundry, scripts/train/benchmarking/README.md, MPT-7B on 32 A100-40GB',
      rate: 3725,
      run: {
        model: 'mosaicml/mpt-7b',
        gpu: 'A100-40GB',
        gpuCount: 32,
        facts: batch,
        training: {
          trainer: 'llm-foundry',
          activationCheckpointing: 'full',
          sequenceLength: 2048,
          microBatchSize: 18,
        },
      },
    },
    {
      source: 'BLOOM, bigscience chronicles-prequel.md, line 950',
      rate: 106.8,
      run: {
        model: bloom176b,
        gpu: 'A100-80GB',
        gpuCount: 384,
        facts: batch,
        training: {
          trainer: 'megatron-deepspeed',
          activationCheckpointing: 'full',
          sequenceLength: 2048,
          microBatchSize: 4,
          gradientAccumulationSteps: 64,
        },
        parallelism: { tensor: 4, pipeline: 12, sharding: 'zero1' },
      },
    },
  ] satisfies { source: string; rate: number; run: Deviation }[])('$source: $rate', ({ rate, run }) => {
    const { tokensPerSecondPerGpu, lowTokensPerSecondPerGpu, highTokensPerSecondPerGpu } = compute(run);
    expect(Math.abs(tokensPerSecondPerGpu! / rate - 1)).toBeLessThan(0.15);
    expect(lowTokensPerSecondPerGpu!).toBeLessThan(rate);
    expect(highTokensPerSecondPerGpu!).toBeGreaterThan(rate);
  });
});

describe('the hours', () => {
  test('are those of steady training and what evaluation, checkpoints and restarts add, each apart', () => {
    const { tokens, gpuHours, steadyGpuHours, overheadGpuHours, tokensPerSecondPerGpu } = compute();
    expect(steadyGpuHours).toBeCloseTo(tokens! / tokensPerSecondPerGpu! / 3600, 5);
    expect(overheadGpuHours! / steadyGpuHours!).toBeCloseTo(0.1, 10);
    expect(gpuHours).toBeCloseTo(steadyGpuHours! + overheadGpuHours!, 5);
  });

  test('of a run that nobody says the length of are unknown, those of a billion tokens are not', () => {
    const { tokens, ...open } = compute({ training: { tokens: null } });
    expect(tokens).toBeNull();
    expect(open).toMatchObject({ gpuHours: null, steadyGpuHours: null, overheadGpuHours: null, lowGpuHours: null });
    expect(open.gpuHoursPerBillionTokens).toBeCloseTo(compute({ training: { tokens: 1e9 } }).gpuHours!, 8);
  });

  test('of an unknown GPU are unknown, and so is the utilization; the FLOPs are there', () => {
    expect(compute({ gpu: null })).toMatchObject({ mfu: null, gpuHours: null, gpuHoursPerBillionTokens: null });
    expect(compute({ gpu: null }).flopsPerToken).toBe(compute().flopsPerToken);
  });
});

describe('a utilization that the team has measured', () => {
  const measured = {
    training: { measuredMfu: 0.5 },
    facts: {
      'training.mfu': { value: 0.5, authority: 'policy', place: { path: '.github/scalegate.yml', line: 9, column: 7 } },
    },
  } as const;

  test("takes the estimate's place, and the line that states it is named", () => {
    const { mfu, mfuSource, tokensPerSecondPerGpu, flopsPerToken } = compute(measured);
    expect(mfu).toBeCloseTo(0.5, 10);
    expect(mfuSource).toBe('measured, as the policy, .github/scalegate.yml:9:7 says; ± 10%');
    expect(tokensPerSecondPerGpu).toBeCloseTo((0.5 * 989.5e12) / flopsPerToken, 5);
  });

  test('narrows the range', () => {
    const width = ({ lowGpuHours, highGpuHours }: ComputeEstimate): number => highGpuHours! / lowGpuHours!;
    expect(width(compute(measured))).toBeLessThan(width(compute()));
  });
});

describe('the range', () => {
  const width = (deviation: Deviation): number => {
    const { lowTokensPerSecondPerGpu: low, highTokensPerSecondPerGpu: high } = compute(deviation);
    return high! / low!;
  };

  test('of a config that states everything is a factor of 1.22 either way', () => {
    expect(width({ facts: batch })).toBeCloseTo(Math.exp(0.4), 10);
  });

  test.each([
    { open: 'the trainer is unknown', run: { facts: batch, training: { trainer: null } } },
    { open: 'nothing says what is recomputed', run: { training: { trainer: null } } },
    { open: 'the micro batch is not stated', run: {} },
    { open: 'fp8 gains differ', run: { facts: batch, training: { precision: 'fp8-mixed' } } },
    { open: 'most of the time is attention', run: { facts: batch, training: { sequenceLength: 131_072 } } },
    { open: 'experts', run: { facts: batch, model: 'mistralai/Mixtral-8x7B-v0.1' } },
    { open: 'offloading', run: { facts: batch, parallelism: { cpuOffload: 'optimizer' } } },
    { open: 'the number of GPUs is unknown', run: { facts: batch, gpuCount: null } },
    { open: 'no published rows for this GPU', run: { facts: batch, gpu: 'MI300X' } },
    {
      open: 'kernels are so small',
      run: { facts: batch, model: 'openai-community/gpt2', training: { sequenceLength: 128 } },
    },
  ] satisfies { open: string; run: Deviation }[])('is wider, and says so: $open', ({ open, run }) => {
    expect(width(run)).toBeGreaterThan(width({ facts: batch }));
    expect(compute(run).mfuSource).toContain(open);
  });
});
