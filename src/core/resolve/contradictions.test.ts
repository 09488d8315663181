import { describe, expect, test } from 'vitest';
import { readRun } from '../reading/read-run.ts';
import { resolveRun } from './resolve-run.ts';

const dimensions = 'hidden_size: 1024, num_layers: 12, num_attention_heads: 16, vocab_size: 32001';

function resolve(body: string) {
  const { run, problems } = readRun('run.yaml', `scalegate: 1\n${body}`, new Map());
  expect(problems).toEqual([]);
  return resolveRun(run!, {}, null);
}

const contradictionsOf = (body: string) => resolve(body).problems;

describe('a parallel size that divides nothing evenly is told on its line, with both figures and the sizes that do', () => {
  test.each([
    ['tensor: 6', dimensions, '6 does not divide the 16 attention heads (run.yaml:2).', 'Use 4 or 8'],
    ['tensor: 4', `${dimensions}, num_key_value_heads: 6`, '4 does not divide the 6 key and value heads', 'Use 3 or 6'],
    ['expert: 3', `${dimensions}, moe: { num_experts: 8 }`, '3 does not divide the 8 experts', 'Use 2 or 4'],
    ['context: 3', dimensions, '3 does not divide the 4096 tokens of a sequence (run.yaml:4).', 'Use 2 or 4'],
  ])('%s', (parallelism, model, message, hint) => {
    const found = contradictionsOf(
      `model: { ${model} }\nparallelism: { ${parallelism} }\ntraining: { sequence_length: 4096 }`,
    );
    expect(found).toMatchObject([{ code: 'contradiction', place: { path: 'run.yaml', line: 3 } }]);
    expect(found[0]?.message).toContain(message);
    expect(found[0]?.hint).toContain(hint);
  });
});

test.each([
  ['fewer key and value heads than ranks, which are copied', 'tensor: 8', 'num_key_value_heads: 4'],
  ['a vocabulary that is padded', 'tensor: 8', 'num_key_value_heads: 8'],
  ['experts that the model has not', 'expert: 3', 'num_key_value_heads: 8'],
])('%s are no contradiction', (_, parallelism, model) => {
  expect(contradictionsOf(`model: { ${dimensions}, ${model} }\nparallelism: { ${parallelism} }`)).toEqual([]);
});

describe('layers that the stages of a pipeline do not divide', () => {
  const script = (flags: string) =>
    `torchrun --nproc_per_node 8 pretrain_gpt.py --num-layers 12 --hidden-size 1024 --num-attention-heads 16 --seq-length 2048 --max-position-embeddings 2048 --micro-batch-size 1 --global-batch-size 8 --vocab-size 32000 --pipeline-model-parallel-size 8 ${flags}\n`;
  const problemsOf = (flags: string) => resolveRun(readRun('run.sh', script(flags), new Map()).run!, {}, null).problems;

  test('are refused by Megatron, which gives each as many', () => {
    expect(problemsOf('')).toMatchObject([
      { key: 'parallelism.pipeline', message: '8 does not divide the 12 layers (run.sh:1).' },
    ]);
  });

  test('may differ where the arguments say how', () => {
    expect(problemsOf('--decoder-first-pipeline-num-layers 5')).toEqual([]);
  });

  test('are spread by other trainers', () => {
    expect(contradictionsOf(`model: { ${dimensions} }\nparallelism: { pipeline: 8 }`)).toEqual([]);
  });
});

describe('a sequence longer than the positions of the model', () => {
  const positions = 'max_position_embeddings: 1024';
  const long = 'training: { sequence_length: 2048 }';

  test('is a contradiction where they are learned', () => {
    const found = contradictionsOf(`model: { ${dimensions}, position_embedding: learned, ${positions} }\n${long}`);
    expect(found).toMatchObject([
      { place: { line: 3 }, message: '2048 tokens are more than the 1024 learned positions (run.yaml:2).' },
    ]);
  });

  test('is only noted where they are rotary, and not where these are stretched', () => {
    const noted = (more: string) => {
      const { run, problems } = resolve(`model: { ${dimensions}, ${positions}${more} }\n${long}`);
      expect(problems).toEqual([]);
      return run.assumptions.filter(({ field }) => field === 'training.sequence_length');
    };
    expect(noted('')).toMatchObject([{ value: '2048', reason: expect.stringContaining('1024 positions') as unknown }]);
    expect(noted(', rope_scaling: true')).toEqual([]);
  });
});

test('a batch of prompts need not be a multiple of what the GPUs take: each prompt has several answers', () => {
  const script =
    'python3 -m verl.trainer.main_ppo data.train_batch_size=512 data.max_prompt_length=512 data.max_response_length=512 actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu=10 actor_rollout_ref.model.path=Qwen/Qwen2.5-7B-Instruct trainer.n_gpus_per_node=8\n';
  expect(resolveRun(readRun('run.sh', script, new Map()).run!, {}, null).problems).toEqual([]);
});

describe('what is known in part contradicts nothing', () => {
  const model = `model: { ${dimensions} }`;
  const policyOf = (count: number) => ({
    'hardware.count': { value: count, authority: 'policy', place: { path: 'p.yml', line: 4, column: 3 } } as const,
  });
  function underPolicy(body: string, count: number) {
    const { run } = readRun('run.yaml', `scalegate: 1\n${body}`, new Map());
    return resolveRun(run!, policyOf(count), null);
  }

  test.each([
    { body: 'training: { global_batch_size: 320, micro_batch_size: 8 }', count: 64, fitting: 40, accumulation: 1 },
    { body: 'training: { global_batch_size: 125, micro_batch_size: 5 }', count: 64, fitting: 25, accumulation: 1 },
    { body: 'parallelism: { tensor: 8, pipeline: 3 }', count: 64, fitting: 48, accumulation: 1 },
    {
      body: 'training: { global_batch_size: 32, micro_batch_size: 2, gradient_accumulation_steps: 2 }',
      count: 64,
      fitting: 8,
      accumulation: 2,
    },
  ])("the policy's $count GPUs give way to $body", ({ body, count, fitting, accumulation }) => {
    const { run, problems } = underPolicy(`${model}\n${body}`, count);
    expect(problems).toEqual([]);
    expect(run.hardware.count).toBe(fitting);
    expect(run.training.gradientAccumulationSteps).toBe(accumulation);
    expect(run.assumptions).toContainEqual({
      field: 'hardware.count',
      value: String(fitting),
      reason: `the policy's ${count} GPUs do not divide the parallel sizes and the batch that the config states`,
    });
  });

  test('the same numbers in the config itself do contradict each other', () => {
    const own = 'hardware: { count: 64 }\ntraining: { global_batch_size: 320, micro_batch_size: 8 }';
    expect(contradictionsOf(`${model}\n${own}`)).toMatchObject([{ key: 'training.global_batch_size' }]);
    expect(contradictionsOf(`${model}\nhardware: { count: 8 }\nparallelism: { tensor: 16 }`)).toMatchObject([
      { key: 'hardware.count' },
    ]);
  });

  test('a sequence length or a batch that is assumed is no part of one', () => {
    expect(contradictionsOf(`${model}\nparallelism: { context: 3 }`)).toEqual([]);
    expect(contradictionsOf(`${model}\nhardware: { count: 8 }\ntraining: { micro_batch_size: 3 }`)).toEqual([]);
  });

  test('trainers that pad sequences take any number of context ranks', () => {
    const script =
      'NPROC_PER_NODE=8 swift sft --model Qwen/Qwen3-8B --max_length 65535 --sequence_parallel_size 4 --per_device_train_batch_size 1\n';
    expect(resolveRun(readRun('run.sh', script, new Map()).run!, {}, null).problems).toEqual([]);
  });

  test('a micro batch that is the most at once is cut to the share of a GPU', () => {
    const config = `
max_seq_len: 2048
model: { name: mpt_causal_lm, d_model: 1024, n_heads: 16, n_layers: 12, max_seq_len: 2048, vocab_size: 50368 }
global_train_batch_size: 64
device_train_microbatch_size: 16
max_duration: 1000ba
optimizer: { name: decoupled_adamw }
`;
    const { run } = readRun('run.yaml', config, new Map());
    const { run: resolved, problems } = resolveRun(
      { ...run!, facts: { ...run!.facts, 'hardware.count': { value: 8, authority: 'config', place: null } } },
      {},
      null,
    );
    expect(problems).toEqual([]);
    expect(resolved.training).toMatchObject({ microBatchSize: 8, gradientAccumulationSteps: 1 });
  });
});
