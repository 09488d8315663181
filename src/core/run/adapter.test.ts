import { describe, expect, test } from 'vitest';
import { llama2 } from '../../../test/support/llama-2-7b.ts';
import { adapterParameters, unmatchedTargets } from './adapter.ts';
import { countParameters } from './parameters.ts';
import type { ModelShape } from './model-shape.ts';

const llama3 = { ...llama2, numKeyValueHeads: 8, intermediateSize: 14336, vocabSize: 128256 };
const mixtral: ModelShape = {
  ...llama3,
  vocabSize: 32000,
  moe: {
    numExperts: 8,
    expertsPerToken: 2,
    intermediateSize: 14336,
    sharedExperts: 0,
    sharedIntermediateSize: 14336,
    expertLayers: 32,
  },
};
const gpt2: ModelShape = {
  ...llama2,
  hiddenSize: 768,
  numLayers: 12,
  numAttentionHeads: 12,
  numKeyValueHeads: 12,
  headDim: 64,
  intermediateSize: 3072,
  gatedMlp: false,
};
const falcon7b: ModelShape = {
  ...gpt2,
  hiddenSize: 4544,
  numLayers: 32,
  numAttentionHeads: 71,
  numKeyValueHeads: 1,
  intermediateSize: 18176,
};
const everyProjection = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'];

// What PEFT's print_trainable_parameters shows for these setups.
test.each([
  ['Llama 2 7B, rank 8 on q and v', 4_194_304, llama2, 8, ['q_proj', 'v_proj']],
  ['Llama 2 7B, rank 16 on every projection', 39_976_960, llama2, 16, everyProjection],
  ['Llama 3 8B, rank 16 on every projection', 41_943_040, llama3, 16, everyProjection],
  ['GPT-2, rank 8 on the fused c_attn', 294_912, gpt2, 8, ['c_attn']],
  ['Falcon 7B, rank 16 on the fused query_key_value', 4_718_592, falcon7b, 16, ['query_key_value']],
] as const)('%s trains %d parameters', (_name, trainable, model, rank, targetModules) => {
  expect(adapterParameters(model, { rank, targetModules, adapters: 1 })).toBe(trainable);
  const adapter = { rank, targetModules, adapters: 1 };
  expect(countParameters(model, { method: 'lora', adapter }).trainable).toBe(trainable);
  expect(countParameters(model, { method: 'qlora', adapter }).trainable).toBe(trainable);
});

function trainable(model: ModelShape, targetModules: readonly string[], adapters = 1): number {
  return adapterParameters(model, { rank: 8, targetModules, adapters });
}

describe('target modules', () => {
  test('all-linear means every projection, not the head', () => {
    expect(trainable(llama2, ['all-linear'])).toBe(trainable(llama2, everyProjection));
  });

  test('the head and the embedding carry an adapter when they are named', () => {
    expect(trainable(llama2, ['lm_head'])).toBe(8 * (4096 + 32000));
    expect(trainable(llama2, ['embed_tokens'])).toBe(8 * (32000 + 4096));
  });

  test('may be the end of a path or a regular expression', () => {
    expect(trainable(llama2, ['self_attn.q_proj'])).toBe(trainable(llama2, ['q_proj']));
    expect(trainable(llama2, [String.raw`.*\.(q_proj|v_proj)$`])).toBe(trainable(llama2, ['q_proj', 'v_proj']));
    const everywhere = String.raw`model.layers.[\d]+.(mlp|self_attn).(up|down|gate|q|k|v|o)_proj`;
    expect(trainable(llama2, [everywhere])).toBe(trainable(llama2, everyProjection));
  });

  test('a gate and up kept in one matrix have one adapter', () => {
    expect(trainable(llama2, ['gate_up_proj'])).toBe(8 * 32 * (4096 + 2 * 11008));
  });

  test('both spellings of one matrix are counted once', () => {
    const apart = trainable(llama2, ['q_proj', 'k_proj', 'v_proj']);
    expect(trainable(llama2, ['q_proj', 'k_proj', 'v_proj', 'query_key_value'])).toBe(apart);
  });

  test('each expert carries an adapter of its own', () => {
    expect(trainable(mixtral, ['w1'])).toBe(8 * 32 * 8 * (4096 + 14336));
  });

  test('a path through the shared expert leaves the routed ones alone', () => {
    const moe = { ...mixtral.moe!, sharedExperts: 1, sharedIntermediateSize: 1024 };
    expect(trainable({ ...mixtral, moe }, ['shared_expert.up_proj'])).toBe(8 * 32 * (4096 + 1024));
  });

  test('adapters side by side multiply', () => {
    expect(trainable(llama2, ['q_proj'], 4)).toBe(4 * trainable(llama2, ['q_proj']));
  });

  test('those that name no matrix of the model are named', () => {
    expect(unmatchedTargets(llama2, ['q_proj', 'q_a_proj', 'self_attn.v_proj'])).toEqual(['q_a_proj']);
    expect(unmatchedTargets(gpt2, ['gate_proj'])).toEqual(['gate_proj']);
  });
});

test('LoRA without an adapter counts as training everything', () => {
  const { total, trainable } = countParameters(llama2, { method: 'lora', adapter: null });
  expect(trainable).toBe(total);
});

test('DoRA trains a magnitude for each output of an adapted matrix', () => {
  const adapter = { rank: 8, targetModules: ['q_proj', 'v_proj'], adapters: 1 };
  const magnitudes = 32 * (4096 + 4096);
  expect(adapterParameters(llama2, { ...adapter, dora: true }) - adapterParameters(llama2, adapter)).toBe(magnitudes);
});

test('modules trained whole beside the adapters are counted whole', () => {
  const adapter = { rank: 8, targetModules: ['q_proj'], adapters: 1 };
  const trainedModules = ['embed_tokens', 'lm_head'];
  expect(adapterParameters(llama2, { ...adapter, trainedModules }) - adapterParameters(llama2, adapter)).toBe(
    2 * 32_000 * 4096,
  );
});
