import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { Facts } from '../../run/facts.ts';
import { stepTime, type StepTime } from './step-time.ts';

const place = null;
const authority = 'config';
/** A config that states its batch, as most do. */
const stated: Facts = {
  'training.micro_batch_size': { value: 1, authority, place },
  'training.gradient_accumulation_steps': { value: 1, authority, place },
  'parallelism.virtual_pipeline': { value: 1, authority, place },
};

function step(deviation: Deviation): StepTime {
  return stepTime(aDescribedRun({ facts: stated, ...deviation }))!;
}

function speed(deviation: Deviation): number {
  const { tokensPerGpu, seconds } = step(deviation);
  return tokensPerGpu / seconds;
}

describe('worked by hand', () => {
  test('Llama-3.1-8B on H100: matrices 6·N·T at 0.8 · 0.8 of 989.5 TFLOP/s, attention 3.5 · 2·q·s·L·T at 0.2', () => {
    const { parts, tokensPerGpu } = step({});
    const layerMatrices = 32 * (2 * 4096 * 4096 + 2 * 4096 * 1024 + 3 * 4096 * 14_336);
    expect(tokensPerGpu).toBe(8192);
    expect(parts.matrices).toBeCloseTo((6 * layerMatrices * 8192) / (989.5e12 * 0.8 * 0.8), 6);
    expect(parts.attention).toBeCloseTo((3.5 * 2 * 4096 * 8192 * 32 * 8192) / (989.5e12 * 0.2), 6);
  });

  test('a pipeline of 8 over 16 micro batches idles 7/16 of its work, interleaved twice half of that', () => {
    const share = (virtualPipeline: number): number => {
      const { parts } = step({
        gpuCount: 8,
        parallelism: { pipeline: 8, virtualPipeline, sharding: 'none' },
        training: { gradientAccumulationSteps: 16 },
      });
      return parts.bubble / (parts.matrices + parts.attention + parts.elementwise + parts.head + parts.modelExchange);
    };
    expect(share(1)).toBeCloseTo(7 / 16, 10);
    expect(share(2)).toBeCloseTo(7 / 32, 10);
  });

  test('four reductions of 2·h·T·(t − 1)/t a layer over NVLink, 1.1 times', () => {
    const { parts } = step({ parallelism: { tensor: 8, sharding: 'none' } });
    const bytes = 32 * 4 * 2 * (7 / 8) * 2 * 4096 * 8192;
    expect(parts.modelExchange).toBeCloseTo((1.1 * bytes) / 450e9, 8);
  });
});

describe('compared', () => {
  test.each([
    { what: 'full checkpointing', slower: { training: { activationCheckpointing: 'full' } } },
    { what: 'a reference model', slower: { training: { referenceModel: true } } },
    { what: 'tensor parallelism', slower: { parallelism: { tensor: 8 } } },
    { what: 'a long sequence', slower: { training: { sequenceLength: 65_536 } } },
    { what: 'attention without flash', slower: { training: { flashAttention: false } } },
    { what: 'an A100', slower: { gpu: 'A100-80GB' } },
    { what: 'eager kernels', slower: {}, than: { training: { compile: true } } },
    { what: '1024 GPUs', slower: { gpuCount: 1024 } },
    {
      what: 'a network between tensor ranks',
      slower: { gpuCount: 16, parallelism: { tensor: 16 } },
      than: { parallelism: { tensor: 8 } },
    },
    { what: 'a larger model', slower: { model: 'meta-llama/Llama-3.1-70B' } },
    {
      what: 'PCIe between GPUs',
      slower: { gpu: 'RTX-4090', training: { sequenceLength: 512 } },
      than: { gpu: 'RTX-4090', gpuCount: 1, training: { sequenceLength: 512 } },
    },
  ] satisfies { what: string; slower: Deviation; than?: Deviation }[])('$what is slower', ({ slower, than = {} }) => {
    expect(speed(slower)).toBeLessThan(speed(than));
  });

  test('full checkpointing keeps 0.75 to 0.85 of the speed, as matched pairs of published runs do', () => {
    const kept = speed({ training: { activationCheckpointing: 'full' } }) / speed({});
    expect(kept).toBeGreaterThan(0.74);
    expect(kept).toBeLessThan(0.85);
  });

  test('the same PyTorch code is 1.8 to 2.9 times as fast on H100 as on A100, not the 3.2 of the peaks', () => {
    const training = { trainer: 'llm-foundry', sequenceLength: 2048, microBatchSize: 8 };
    const ratio = speed({ training }) / speed({ training, gpu: 'A100-80GB' });
    expect(ratio).toBeGreaterThan(1.8);
    expect(ratio).toBeLessThan(2.9);
  });

  test('LoRA is faster than training all weights, QLoRA slower than LoRA', () => {
    const adapter = { rank: 16, targetModules: ['all-linear'], adapters: 1 };
    const lora = speed({ training: { method: 'lora', adapter } });
    const qlora = speed({ training: { method: 'qlora', adapter, quantization: { bits: 4, double: true } } });
    expect(lora).toBeGreaterThan(speed({}));
    expect(qlora).toBeLessThan(lora);
  });

  test('experts double the time of their kernels', () => {
    const { parts } = step({ model: 'mistralai/Mixtral-8x7B-v0.1' });
    const kernels = parts.matrices + parts.attention + parts.elementwise + parts.head + parts.modelExchange;
    expect(parts.experts).toBeCloseTo(kernels, 8);
  });
});

describe('a batch that leaves things open', () => {
  test('is large enough for its optimizer and fills the pipeline, where nobody states it', () => {
    const open = stepTime(aDescribedRun({ training: { sequenceLength: 1024 } }))!;
    expect(open.tokensPerGpu).toBe(16 * 1024);
    const piped = stepTime(aDescribedRun({ parallelism: { pipeline: 8 } }))!;
    expect(piped.tokensPerGpu).toBe((32 * 8192) / 8);
  });

  test('is split into sequences where the pipeline would stay unfilled', () => {
    const parallelism = { pipeline: 8, sharding: 'none' } as const;
    const split = step({ parallelism, training: { microBatchSize: 32 } });
    const same = step({ parallelism, training: { microBatchSize: 1, gradientAccumulationSteps: 32 } });
    expect(split).toEqual(same);
  });
});

test('a GPU without a peak has no time', () => {
  expect(stepTime(aDescribedRun({ gpu: null }))).toBeNull();
});

test('whatever the sizes, the parts are finite, not negative, and add up', () => {
  const power = (max: number) => fc.integer({ min: 0, max }).map((exponent) => 2 ** exponent);
  fc.assert(
    fc.property(
      fc.record({
        tensor: power(4),
        pipeline: power(4),
        context: power(3),
        data: power(8),
        microBatchSize: power(6),
        gradientAccumulationSteps: power(8),
        sequenceLength: power(17),
      }),
      fc.constantFrom('none', 'ddp', 'zero1', 'zero2', 'zero3', 'hsdp'),
      fc.constantFrom('V100', 'A100-80GB', 'H100', 'B200', 'RTX-4090', 'MI300X'),
      fc.constantFrom('full', 'lora', 'qlora'),
      (sizes, sharding, gpu, method) => {
        const { tensor, pipeline, context, data, ...batch } = sizes;
        const adapter = { rank: 8, targetModules: ['q_proj'], adapters: 1 };
        const { seconds, tokensPerGpu, parts } = step({
          gpu,
          gpuCount: tensor * pipeline * context * data,
          parallelism: { tensor, pipeline, context, sharding },
          training: { ...batch, method, adapter: method === 'full' ? null : adapter },
        });
        const all = Object.values(parts);
        expect(all.every((part) => Number.isFinite(part) && part >= 0)).toBe(true);
        expect(seconds).toBeCloseTo(
          all.reduce((total, part) => total + part, 0),
          8,
        );
        expect(tokensPerGpu).toBeGreaterThan(0);
      },
    ),
  );
});

describe('few tokens a GPU', () => {
  const few = { sequenceLength: 512, trainer: 'deepspeed', activationCheckpointing: 'full' } as const;

  test("DeepSpeed's stage 3 waits for its gathers, matrix by matrix; stage 2 has none", () => {
    const launches = (sharding: 'zero2' | 'zero3'): number =>
      step({ gpuCount: 4, training: few, parallelism: { sharding } }).parts.launches;
    expect(launches('zero3')).toBeGreaterThan(0.2);
    expect(launches('zero2')).toBeLessThan(0.05);
  });

  test('hosts of GPUs without bf16 launch plain kernels three times as slowly', () => {
    const launched = (gpu: string): number =>
      step({ gpu, training: { ...few, sequenceLength: 8, trainer: 'huggingface', precision: 'fp16-mixed' } }).seconds;
    expect(launched('V100')).toBeGreaterThan(2 * launched('A100-80GB'));
  });
});
