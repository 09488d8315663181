import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { Adapter, Training } from '../../run/training.ts';
import { trainerTraits } from '../trainer-traits.ts';
import { circumstances } from './circumstances.ts';
import { layerActivations, type LayerActivations } from './layer-activations.ts';
import { numerics } from './numerics.ts';
import { stateBytes } from './state-bytes.ts';

function layer(deviation: Deviation = {}): LayerActivations {
  const run = aDescribedRun(deviation);
  const { training, parallelism } = run;
  const traits = trainerTraits(training.trainer, parallelism);
  const assumed = circumstances(run, traits, 'likely');
  return layerActivations({
    model: run.model,
    training,
    circumstances: assumed,
    numerics: numerics(run, traits, stateBytes(training, parallelism, traits), assumed),
    tensor: parallelism.tensor,
    sequenceParallel: parallelism.sequenceParallel,
    hasExperts: run.model.moe !== null,
  });
}

const megatron = { training: { trainer: 'megatron-lm' } };

test('Llama-3-8B with fused kernels keeps 8h + 2(q + 2c) + 2q + 4a + 6f bytes a token', () => {
  expect(layer(megatron).all).toBe(8 * 4096 + 2 * (4096 + 2 * 1024) + 2 * 4096 + 4 * 32 + 6 * 14_336);
});

test('torchtitan repeats keys and values to the width of the queries: 8q in place of 4q + 4c', () => {
  const difference = layer({ training: { compile: true } }).all - layer(megatron).all;
  expect(difference).toBe(4 * 4096 - 4 * 1024);
});

test('eager norms keep 8h more, an eager SwiGLU 2f more', () => {
  const difference = layer().all - layer({ training: { compile: true } }).all;
  expect(difference).toBe(8 * 4096 + 2 * 14_336);
});

test('a frozen layer keeps no inputs of its matrices but those that carry adapters', () => {
  const lora = (...targetModules: string[]): number =>
    layer({ training: { ...megatron.training, method: 'lora', adapter: { rank: 8, targetModules, adapters: 1 } } }).all;
  expect(layer(megatron).all - lora()).toBe(2 * 2 * 4096 + 2 * 14_336);
  expect(lora('q_proj', 'v_proj') - lora()).toBe(2 * 4096);
  expect(lora('linear_qkv') - lora()).toBe(2 * 4096);
  expect(lora('all-linear')).toBe(layer(megatron).all);
});

test('tensor parallelism divides heads and MLP; norms and residual only with sequence parallelism', () => {
  const tensor = (sequenceParallel: boolean): number =>
    layer({ ...megatron, parallelism: { tensor: 4, sequenceParallel } }).all;
  expect(tensor(true)).toBe(layer(megatron).all / 4);
  expect(tensor(false)).toBe(8 * 4096 + (layer(megatron).all - 8 * 4096) / 4);
});

test('attention without flash keeps 2 bytes a head and earlier token, 5 with dropout, 6 if its softmax is eager', () => {
  const scores = (training: Partial<Training>): number =>
    layer({ training: { ...training, flashAttention: false, sequenceLength: 1000 } }).all - layer({ training }).all;
  // Keys and values are repeated for each head.
  const others = 2 * 2 * (4096 - 1024);
  expect(scores({ ...megatron.training, dropout: 0 })).toBe(2 * 32 * 1000 + others);
  expect(scores({ ...megatron.training, dropout: 0.1 })).toBe(5 * 32 * 1000 + others);
  expect(scores({ trainer: 'huggingface', dropout: 0 })).toBe(6 * 32 * 1000 + others);
  const recomputed = layer({ training: { ...megatron.training, flashAttention: false, sequenceLength: 1000 } });
  expect(recomputed.allButScores).toBe(layer(megatron).all + others);
});

describe('what PEFT keeps for adapters on q, k and v, which read one bf16 stream', () => {
  const keptBy = (training: Partial<Training>, adapter: Partial<Adapter>, engine?: 'fsdp' | 'deepspeed'): number => {
    const of = (...targetModules: string[]): number =>
      layer({
        parallelism: engine === undefined ? { sharding: 'none' } : { sharding: 'zero3', shardingEngine: engine },
        training: {
          trainer: 'huggingface',
          method: 'lora',
          precision: 'bf16',
          adapter: { rank: 8, targetModules, adapters: 1, ...adapter },
          ...training,
        },
      }).all;
    return of('q_proj', 'k_proj', 'v_proj') - of('lm_head');
  };

  test.each([
    ['adapters in the type of the stream share it', {}, { dtype: 'bf16' }, 2],
    ['fp32 ones each keep an fp32 copy', { autocast: false }, {}, 3 * 4],
    ['under autocast each a short one', { autocast: true }, {}, 3 * 2],
    ['with dropout each what is left of it, and a mask', { autocast: true }, { dropout: 0.05 }, 3 * (2 + 1)],
  ] as const)('%s', (_, training, adapter, bytes) => {
    expect(keptBy(training, adapter)).toBe(bytes * 4096);
  });

  test('mixed precision of FSDP gathers adapters in the type of the matrices, so that they cast nothing', () => {
    expect(keptBy({ precision: 'bf16-mixed', frozenPrecision: 'bf16' }, {}, 'fsdp')).toBe(2 * 4096);
  });

  test('without it they stay fp32 under FSDP too', () => {
    expect(keptBy({}, {}, 'fsdp')).toBe(3 * 4 * 4096);
  });

  test('under ZeRO-3 they stay fp32, and autocast is off', () => {
    expect(keptBy({}, { dropout: 0.05 }, 'deepspeed')).toBe(3 * (4 + 1) * 4096);
  });
});

test('under autocast norms keep 8 bytes an element, and q, k, v, gate and up each a cast of their input', () => {
  const of = (precision: Training['precision']) =>
    layer({ parallelism: { sharding: 'none' }, training: { trainer: 'huggingface', precision } }).all;
  expect(of('bf16-mixed') - of('bf16')).toBe(2 * (8 - 6) * 4096 + (2 * 3 - 2) * 4096 + (2 * 2 - 2) * 4096);
});

test('norms on queries and keys keep an fp32 copy and, where their weight is trained, the normalized values', () => {
  const model = aDescribedRun().model;
  const of = (qkNorm: boolean, training: Partial<Training>): number =>
    layer({ model: { ...model, qkNorm }, training: { trainer: 'huggingface', precision: 'bf16', ...training } }).all;
  const lora = { method: 'lora', adapter: { rank: 8, targetModules: ['o_proj'], adapters: 1 } } as const;
  expect(of(true, {}) - of(false, {})).toBe(6 * (4096 + 1024));
  expect(of(true, lora) - of(false, lora)).toBe(4 * (4096 + 1024));
});

test('every second matmul kept: layer input, q, v, attention output, gate and down', () => {
  expect(layer().everySecondMatmul).toBe(2 * 4096 + 2 * 4096 + 2 * 1024 + (2 * 4096 + 4 * 32) + 2 * 14_336 + 2 * 4096);
});

test('two experts a token keep twice the MLP, two permuted copies of the token and the router', () => {
  const mixtral = layer({ ...megatron, model: 'mistralai/Mixtral-8x7B-v0.1' });
  const attention = 8 * 4096 + 2 * (4096 + 2 * 1024) + 2 * 4096 + 4 * 32;
  expect(mixtral.all).toBe(attention + 2 * (6 * 14_336 + 2 * 2 * 4096) + 8 * 8);
});

test('experts weighted in fp32, outside Megatron, keep 4 bytes more of each routed token', () => {
  const model = 'mistralai/Mixtral-8x7B-v0.1';
  const eager = layer({ model, training: { trainer: 'prime-rl', compile: true } });
  expect(eager.all - layer({ ...megatron, model }).all).toBe(2 * 4 * 4096);
});

test('dropout keeps two masks of one byte an element', () => {
  const dropping = layer({ training: { ...megatron.training, dropout: 0.1 } });
  expect(dropping.all - layer(megatron).all).toBe(2 * 4096);
});

test('a module that is recomputed keeps nothing but its input', () => {
  const without = (...recomputeModules: Training['recomputeModules']): number =>
    layer(megatron).all - layer({ training: { ...megatron.training, recomputeModules } }).allButScores;
  expect(without()).toBe(0);
  expect(without('layernorm')).toBe(2 * 2 * 4096);
  expect(without('mlp')).toBe(6 * 14_336);
  expect(without('moe', 'shared_experts', 'mla_up_proj')).toBe(0);
});

test('latent attention keeps compressed vectors before and after their norms, and the heads made of them', () => {
  const model = 'deepseek-ai/DeepSeek-V3';
  const layerOf = (...recomputeModules: Training['recomputeModules']): number =>
    layer({ model, training: { ...megatron.training, recomputeModules } }).allButScores;
  const heads = 2 * (2 * 128 * 192 + 128 * 128);
  expect(layerOf() - layerOf('mla_up_proj')).toBe(heads);
  const norms = 8 * 7168;
  const latent = 2 * (1536 + 512 + 64) + 2 * (1536 + 512);
  const output = 2 * 128 * 128 + 4 * 128;
  const moe = 8 * 256 + 8 * (6 * 2048 + 2 * 2 * 7168) + 6 * 2048;
  expect(layerOf()).toBe(norms + latent + heads + output + moe);
});

test('DoRA keeps the output of each adapted matrix and that of its adapter', () => {
  const lora = (dora: boolean): number =>
    layer({
      training: {
        ...megatron.training,
        method: 'lora',
        adapter: { rank: 8, targetModules: ['q_proj', 'v_proj'], adapters: 1, dora },
      },
    }).all;
  expect(lora(true) - lora(false)).toBe(2 * 2 * (4096 + 1024));
});
