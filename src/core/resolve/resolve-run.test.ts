import { describe, expect, test } from 'vitest';
import { readRun } from '../reading/read-run.ts';
import { readPlan } from '../plan/read-plan.ts';
import type { Facts } from '../run/facts.ts';
import { resolveRun } from './resolve-run.ts';

const model = '{ hidden_size: 1024, num_layers: 8, num_attention_heads: 16, vocab_size: 32000 }';

function resolve(body: string, policyFacts: Facts = {}, planText: string | null = null) {
  const { run, problems } = readRun('configs/run.yaml', `scalegate: 1\n${body}`, new Map());
  expect(problems).toEqual([]);
  const plan = planText === null ? null : readPlan('plan.md', planText).plan;
  return resolveRun(run!, policyFacts, plan);
}

const place = { path: '.github/scalegate.yml', line: 7, column: 5 };

describe('the batch', () => {
  test.each([
    ['micro_batch_size: 4, gradient_accumulation_steps: 2', 4, 2, 64],
    ['micro_batch_size: 4, global_batch_size: 64', 4, 2, 64],
    ['gradient_accumulation_steps: 2, global_batch_size: 64', 4, 2, 64],
  ])('is complete from any two of its three sizes: %s', (training, micro, accumulation, global) => {
    const { run, problems } = resolve(`model: ${model}\ntraining: { ${training} }\nhardware: { count: 8 }`);
    expect(problems).toEqual([]);
    expect(run.training).toMatchObject({
      microBatchSize: micro,
      gradientAccumulationSteps: accumulation,
      globalBatchSize: global,
    });
  });

  test('whose three sizes disagree is a problem on the line of the global batch', () => {
    const { problems } = resolve(
      `model: ${model}\ntraining:\n  micro_batch_size: 4\n  gradient_accumulation_steps: 2\n  global_batch_size: 100\nhardware: { count: 8 }`,
    );
    expect(problems).toMatchObject([{ code: 'contradiction', key: 'training.global_batch_size', place: { line: 6 } }]);
    expect(problems[0]?.message).toContain('4 (micro) × 2 (accumulation) × 8 (data parallel) = 64');
  });

  test('that cannot be divided comes with the sizes nearby that can', () => {
    const { problems } = resolve(
      `model: ${model}\ntraining: { micro_batch_size: 4, global_batch_size: 100 }\nhardware: { count: 8 }`,
    );
    expect(problems[0]?.hint).toBe('Try 96 or 128.');
  });
});

describe('how long it trains', () => {
  const batch = 'sequence_length: 1000, micro_batch_size: 1, gradient_accumulation_steps: 1';
  test.each([
    ['tokens: 2e9', 2e9],
    ['samples: 1M', 1e9],
    ['steps: 500', 500 * 8 * 1000],
    ['epochs: 3, dataset_tokens: 1B', 3e9],
    ['dataset_tokens: 1B', 1e9],
  ])('follows from %s', (duration, tokens) => {
    const { run } = resolve(`model: ${model}\ntraining: { ${batch}, ${duration} }\nhardware: { count: 8 }`);
    expect(run.training.tokens).toBe(tokens);
  });

  test.each([
    ['steps: 500', 'state hardware.count'],
    ['epochs: 3', 'state training.dataset_tokens'],
    ['compile: true', 'state training.tokens, samples or steps'],
  ])('is unknown from %s alone, and says what to add', (duration, advice) => {
    const { run } = resolve(`model: ${model}\ntraining: { ${batch}, ${duration} }`);
    expect(run.training.tokens).toBeNull();
    expect(run.unknown.find(({ field }) => field === 'compute.tokens')?.reason).toContain(advice);
  });

  test("is the plan's where the run matches a scale and states nothing, as a listed assumption", () => {
    const plan = '| Scale | Params | Training Samples |\n| - | - | - |\n| Small | 200M | 10M |\n';
    const { run, scale } = resolve(`model: ${model}\ntraining: { sequence_length: 1000 }`, {}, plan);
    expect(scale).toMatchObject({ kind: 'scale', scale: { name: 'Small' } });
    expect(run.training.tokens).toBe(1e10);
    expect(run.assumptions.find(({ field }) => field === 'training.tokens')?.reason).toContain(
      "the plan's 10M samples",
    );
  });

  test.each([
    ['10%', 0.1],
    ['100', 0.2],
    ['1000', 1],
  ])('is checkpointed every %s of 500 steps', (every, share) => {
    const { run } = resolve(
      `model: ${model}\ntraining: { ${batch}, steps: 500, checkpoint_every: ${every} }\nhardware: { count: 8 }`,
    );
    expect(run.training.checkpointShare).toBeCloseTo(share);
  });
});

describe('who says it', () => {
  const ofPolicy: Facts = {
    'hardware.gpu': { value: 'H100', authority: 'policy', place },
    'hardware.count': { value: 16, authority: 'policy', place },
  };
  const plan =
    '| Scale | Params |\n| - | - |\n| Small | 200M |\n\n## Compute assumptions\n\n- Hardware: NVIDIA A100 80GB\n- Batch size: 32 per GPU\n';

  test('the config comes before the policy, the policy before the plan', () => {
    const { run } = resolve(`model: ${model}\nhardware: { count: 8 }`, ofPolicy, plan);
    expect(run.hardware.count).toBe(8);
    expect(run.hardware.gpu?.name).toContain('H100');
    expect(run.training.microBatchSize).toBe(32);
  });

  test('what others than the config say is listed with the line that says it', () => {
    const { run } = resolve(`model: ${model}`, ofPolicy, plan);
    const reasons = Object.fromEntries(run.assumptions.map(({ field, reason }) => [field, reason]));
    expect(reasons['hardware.count']).toBe('assumed by the policy (.github/scalegate.yml:7)');
    expect(reasons['training.micro_batch_size']).toMatch(/^assumed by the plan \(plan\.md:\d+\)$/);
  });

  test('a value keeps the chain of what it replaced', () => {
    const { run } = resolve(`model: ${model}\nhardware: { count: 8 }`, ofPolicy, plan);
    expect(run.facts['hardware.count']).toMatchObject({ value: 8, authority: 'config', replaces: { value: 16 } });
  });

  test("a trainer's default gives way to the policy, and is listed where nothing overrides it", () => {
    const recipe = 'model_name_or_path: gpt2\nlearning_rate: 1e-4\noutput_dir: out\n';
    const { run: stated } = readRun('recipe.yaml', recipe, new Map());
    const alone = resolveRun(stated!, {}, null).run;
    expect(alone.training.microBatchSize).toBe(8);
    expect(alone.assumptions).toContainEqual({
      field: 'training.micro_batch_size',
      value: '8',
      reason: "not stated; the trainer's default",
    });
    const micro = { 'training.micro_batch_size': { value: 2, authority: 'policy', place } } as const;
    expect(resolveRun(stated!, micro, null).run.training.microBatchSize).toBe(2);
  });
});

describe('the model', () => {
  test.each([
    // Two norms a layer and one behind them learn nothing.
    ['norm_weights: false', -17 * 1024],
    // Two norms of 1024 instead of none.
    ['qk_norm: true, qk_norm_all_heads: true', 8 * 2 * 1024],
    // Two norms of 64.
    ['qk_norm: true', 8 * 2 * 64],
  ])('with %s has as many parameters more', (norms, more) => {
    const parameters = (body: string) => resolve(`model: ${body}`).run.parameters!.total;
    expect(parameters(model.replace(' }', `, ${norms} }`)) - parameters(model)).toBe(more);
  });

  test('is that of the catalog where the config names one', () => {
    const { run } = resolve('model: { id: meta-llama/Llama-3.1-8B }');
    expect(run.parameters?.total).toBe(8_030_261_248);
  });

  test('that nothing resolves leaves the parameters unknown, with what to add', () => {
    const { run } = resolve('model: { id: acme/secret-7b }');
    expect(run.model).toBeNull();
    expect(run.unknown).toContainEqual({
      field: 'parameters',
      reason: expect.stringMatching(/acme\/secret-7b.*config\.json/) as unknown,
    });
  });

  test('is unknown while a dimension is missing, which is named', () => {
    const { run } = resolve('model: { hidden_size: 1024, num_layers: 8 }');
    expect(run.unknown[0]?.reason).toBe('the config states no model.num_attention_heads, model.vocab_size');
  });

  test.each([
    ['', 50_304, 'no tokenizer is named'],
    [', tokenizer: our-own.model', 50_304, 'the tokenizer our-own.model is not known'],
  ])('has a usual vocabulary where only that is missing, as an assumption%s', (tokenizer, rows, reason) => {
    const { run } = resolve(`model: { hidden_size: 1024, num_layers: 8, num_attention_heads: 16${tokenizer} }`);
    expect(run.model?.vocabSize).toBe(rows);
    const assumption = run.assumptions.find(({ field }) => field === 'model.vocab_size');
    expect(assumption?.reason).toContain(reason);
  });

  test.each([
    ['GPT2BPETokenizer', 50_304],
    ['/data/20B_tokenizer.json', 50_304],
    ['meta-llama/Llama-3.1-8B', 128_256],
    ['o200k_base', 200_064],
  ])('has the vocabulary of its tokenizer, %s', (tokenizer, rows) => {
    const { run } = resolve(
      `model: { hidden_size: 1024, num_layers: 8, num_attention_heads: 16, tokenizer: ${tokenizer} }`,
    );
    expect(run.model?.vocabSize).toBe(rows);
    expect(run.assumptions.map(({ field }) => field)).not.toContain('model.vocab_size');
  });

  test('whose heads do not divide its width is a problem', () => {
    const { problems } = resolve(
      'model: { hidden_size: 1000, num_layers: 8, num_attention_heads: 16, vocab_size: 32000 }',
    );
    expect(problems).toMatchObject([{ code: 'contradiction', key: 'model.num_attention_heads', place: { line: 2 } }]);
  });

  test('cannot send a token to more experts than it has', () => {
    const { problems } = resolve(`model: ${model.replace(' }', ', moe: { num_experts: 4, experts_per_token: 8 } }')}`);
    expect(problems).toMatchObject([{ key: 'model.moe.experts_per_token' }]);
  });

  test('names adapters on modules that it has not', () => {
    const { run } = resolve(
      `model: ${model}\ntraining: { method: lora, lora: { rank: 8, target_modules: [q_proj, qqq] } }`,
    );
    expect(run.unknown).toContainEqual({
      field: 'training.lora.target_modules',
      reason: 'the model has no module qqq',
    });
  });
});

describe('the hardware', () => {
  test('of an unknown name is a problem, unless its memory is stated', () => {
    const unknown = resolve(`model: ${model}\nhardware: { gpu: Z9000 }`);
    expect(unknown.problems).toMatchObject([{ code: 'unknown-gpu', key: 'hardware.gpu', place: { line: 3 } }]);
    const described = resolve(`model: ${model}\nhardware: { gpu: Z9000, memory_gib: 48 }`);
    expect(described.problems).toEqual([]);
    expect(described.run.hardware.gpu).toMatchObject({ name: 'Z9000', memoryBytes: 48 * 2 ** 30 });
  });

  test('that the parallel sizes do not divide is a problem, and the data parallel size unknown', () => {
    const { run, problems } = resolve(`model: ${model}\nparallelism: { pipeline: 3 }\nhardware: { count: 8 }`);
    expect(problems).toMatchObject([{ code: 'contradiction', key: 'hardware.count' }]);
    expect(run.parallelism.data).toBeNull();
  });

  test.each([
    ['trainer: megatron-deepspeed, precision: bf16-mixed', '', 'zero1'],
    ['precision: bf16-mixed', ', sharding_engine: deepspeed', 'zero1'],
    ['trainer: megatron-deepspeed, precision: fp16-mixed', '', 'ddp'],
    ['precision: bf16-mixed', '', 'ddp'],
  ])('divides the states of bf16 under DeepSpeed even at stage 0: %s%s', (training, parallelism, sharding) => {
    const { run } = resolve(
      `model: ${model}\ntraining: { ${training} }\nparallelism: { sharding: ddp${parallelism} }\nhardware: { count: 8 }`,
    );
    expect(run.parallelism.sharding).toBe(sharding);
  });

  test('of several GPUs without a word on sharding is taken for plain data parallelism', () => {
    const { run } = resolve(`model: ${model}\nhardware: { count: 8 }`);
    expect(run.parallelism.sharding).toBe('ddp');
    expect(run.assumptions.map(({ field }) => field)).toContain('parallelism.sharding');
  });
});

describe('what the time of a step depends on', () => {
  test('is absent unless somebody states it', () => {
    const { run } = resolve(`model: ${model}`);
    expect(run.training).not.toHaveProperty('measuredMfu');
    expect(run.training).not.toHaveProperty('meanDocumentLength');
    expect(run.model).not.toHaveProperty('slidingWindow');
  });

  test('is read: windows, packed documents, a reference model', () => {
    const { run } = resolve(
      `model: ${model.replace(' }', ', sliding_window: 512, full_attention_every: 2 }')}\ntraining: { mean_document_length: 300, reference_model: true }`,
    );
    expect(run.model?.slidingWindow).toEqual({ tokens: 512, fullEvery: 2 });
    expect(run.training).toMatchObject({ meanDocumentLength: 300, referenceModel: true });
  });

  test("is the team's measured utilization, where the policy states one, as a listed assumption", () => {
    const { run } = resolve(`model: ${model}`, { 'training.mfu': { value: 0.47, authority: 'policy', place } });
    expect(run.training.measuredMfu).toBe(0.47);
    expect(run.assumptions).toContainEqual({
      field: 'training.mfu',
      value: '0.47',
      reason: 'assumed by the policy (.github/scalegate.yml:7)',
    });
  });

  test('is not for a config to make up: a measured utilization in it is a problem', () => {
    const { run, problems } = readRun('run.yaml', `scalegate: 1\nmodel: ${model}\ntraining: { mfu: 0.9 }`, new Map());
    expect(run).toBeNull();
    expect(problems).toMatchObject([{ key: 'training.mfu' }]);
  });
});
