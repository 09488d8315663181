import { expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import { memoryPart } from './memory.ts';

const parameters = 6_738_415_616;

function bytesPerParameter(deviation: Deviation): number {
  const run = aDescribedRun({
    model: 'meta-llama/Llama-2-7b-hf',
    gpuCount: 1,
    parallelism: { sharding: 'none' },
    ...deviation,
  });
  const item = memoryPart(run).value!.items.find(({ id }) => id === 'optimizer_states');
  return (item?.bytes ?? 0) / parameters;
}

test.each([
  { optimizer: 'adamw', bytes: 8 },
  { optimizer: 'adamw-8bit', bytes: 2.03125 },
  { optimizer: 'lion', bytes: 4 },
  { optimizer: 'sgd-momentum', bytes: 4 },
  { optimizer: 'sgd', bytes: 0 },
  { optimizer: 'paged-adamw-8bit', bytes: 0 },
  { optimizer: 'adamw-4bit', bytes: 1.0625 },
  { optimizer: 'lion-8bit', bytes: 1.015625 },
  { optimizer: 'ademamix', bytes: 12 },
  { optimizer: 'adam-mini', bytes: 4.03125 },
  { optimizer: 'lomo', bytes: 0 },
] as const)('$optimizer keeps $bytes bytes a parameter', ({ optimizer, bytes }) => {
  expect(bytesPerParameter({ training: { optimizer } })).toBeCloseTo(bytes, 10);
});

test('Muon keeps one moment of the matrices and two of embedding, head and final norm', () => {
  const outer = 2 * 32_000 * 4096 + 4096;
  expect(bytesPerParameter({ training: { optimizer: 'muon' } })).toBeCloseTo(4 + (4 * outer) / parameters, 10);
});

test('Adafactor keeps next to nothing', () => {
  expect(bytesPerParameter({ training: { optimizer: 'adafactor' } })).toBeLessThan(0.01);
});

test('an offloaded optimizer keeps nothing on the GPU', () => {
  expect(bytesPerParameter({ parallelism: { sharding: 'none', cpuOffload: 'optimizer' } })).toBe(0);
});

test('GaLore of rank 128 keeps two moments of 128 × the longer side and a projection of the shorter', () => {
  const attention = 4 * (2 * 128 * 4096 + 128 * 4096);
  const mlp = 3 * (2 * 128 * 11_008 + 128 * 4096);
  const outer = 2 * 32_000 * 4096 + 4096;
  // Norms within the layers, 2 · 4096 of 202 million, are taken as matrices.
  expect(bytesPerParameter({ training: { optimizer: 'galore', optimizerRank: 128 } })).toBeCloseTo(
    (4 * 32 * (attention + mlp) + 8 * outer) / parameters,
    3,
  );
});

test('states in bf16 and fp8 take what their types take', () => {
  const statePrecision = { gradient: null, master: null, moment: 'bf16' } as const;
  expect(bytesPerParameter({ training: { statePrecision } })).toBeCloseTo(4, 10);
  const short = { trainer: 'megatron-lm', statePrecision: { gradient: null, master: 'bf16', moment: 'fp8' } } as const;
  // Of the parameters that Megatron pads, none here: 32,000 is a multiple of 128.
  expect(bytesPerParameter({ training: short })).toBeCloseTo(2 + 2, 10);
});

test('Megatron steps an fp32 copy of short gradients, unless its optimizer is distributed', () => {
  const copied = (sharding: 'ddp' | 'zero1'): number => {
    const statePrecision = { gradient: 'bf16', master: null, moment: null } as const;
    const run = aDescribedRun({
      model: 'meta-llama/Llama-3.1-8B',
      gpuCount: 8,
      training: { trainer: 'megatron-lm', statePrecision },
      parallelism: { sharding },
    });
    const step = memoryPart(run).value!.timeline.find(({ moment }) => moment === 'optimizer-step')!;
    const buffers = step.items.find(({ id }) => id === 'buffers');
    return buffers?.quantities.find(([name]) => name === 'fp32 gradients')?.[1] ?? 0;
  };
  expect(copied('ddp') / (4 * 8.03e9)).toBeCloseTo(1, 2);
  expect(copied('zero1')).toBe(0);
});
