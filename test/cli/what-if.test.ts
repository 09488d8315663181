import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { sampleRepository, ScratchFolder } from './scratch-folder.ts';

const checkout = resolve(import.meta.dirname, '../..');
const large = 'estimate examples/configs/large.yaml';

interface Estimate {
  readonly run: { path: string; name: string };
  readonly parameters: { total: number } | null;
  readonly memory: { limit_gib: number; peak_gib: number };
  readonly compute: { tokens: number; gpu_hours: number; wall_clock_hours: number };
  readonly cost: { usd: number; usd_per_gpu_hour: number; price_source: string };
  readonly resolved: readonly { field: string; value: unknown; source: string }[];
  readonly problems: readonly { message: string; hint: string | null }[];
}

async function estimated(line: string, input = '', directory = checkout): Promise<Estimate> {
  return JSON.parse((await runCli(directory, `${line} --json`, { input })).out) as Estimate;
}

describe('estimate takes a run otherwise than its config states it', () => {
  test('on another GPU, at a price, for so many tokens, and says so', async () => {
    const { session } = await runCli(checkout, `${large} --gpu H200 --count 32 --price $3 --tokens 10B`);
    await expect(session).toMatchFileSnapshot('goldens/what-if.txt');
  });

  test('as if the file said so', async () => {
    const { path } = sampleRepository({
      'edited.yaml': sampleConfig('large.yaml').replace('micro_batch_size: 32', 'micro_batch_size: 8'),
    });
    const asked = await estimated('estimate configs/large.yaml --set training.micro_batch_size=8', '', path);
    const edited = await estimated('estimate edited.yaml', '', path);
    expect(asked.memory).toEqual(edited.memory);
    expect(asked.compute).toEqual(edited.compute);
    expect(asked.resolved).toContainEqual(
      expect.objectContaining({ field: 'training.micro_batch_size', value: 8, source: 'command-line' }),
    );
  });

  test('held against the GPU that is asked for, and neither at the price nor the limit of another one', async () => {
    const { memory, cost } = await estimated(`${large} --gpu H200`);
    expect(memory.limit_gib).toBe(141);
    expect(cost.price_source).toContain('list price');
    expect((await estimated(`${large} --gpu A100-80GB`)).cost.price_source).toContain('model-scaling-estimates.md');
  });

  test.each([
    ['--tokens 1B', 1e9],
    ['--set training.steps=10', 10 * 64 * 32 * 2048],
    ['--set training.samples=1000', 1000 * 2048],
  ])('%s takes the place of the length that the file states in other words', async (options, tokens) => {
    expect((await estimated(`${large} ${options}`)).compute.tokens).toBe(tokens);
  });

  test('with the batch kept where GPUs are added, as far as it is stated', async () => {
    const text = sampleConfig('large.yaml').replace(
      'micro_batch_size: 32',
      'micro_batch_size: 32\n  global_batch_size: 4096\n  gradient_accumulation_steps: 2',
    );
    const { resolved, problems } = await estimated('estimate - --count 128', text);
    expect(problems).toEqual([]);
    expect(resolved).toContainEqual(expect.objectContaining({ field: 'training.global_batch_size', value: 4096 }));
    const odd = await estimated('estimate - --count 48', text);
    expect(odd.problems[0]?.message).toContain('does not divide 4096');
  });

  test('in every file that is named', async () => {
    const { out } = await runCli(sampleRepository().path, 'estimate configs --gpu T4 --count 1');
    expect(out).toContain('Tiny');
    expect(out).not.toContain('A100');
  });

  test('with the training of a model whose file says nothing of one', async () => {
    const model = JSON.stringify({
      model_type: 'llama',
      hidden_size: 4096,
      num_hidden_layers: 32,
      num_attention_heads: 32,
      vocab_size: 32000,
    });
    const { path } = new ScratchFolder({ 'config.json': model });
    expect((await estimated('estimate config.json', '', path)).memory.peak_gib).toBeNull();
    const asked = await estimated('estimate config.json --gpu H100 --count 8', '', path);
    expect(asked.memory.limit_gib).toBe(80);
  });

  test('also where it is explained or made to fit', async () => {
    expect((await runCli(checkout, 'explain examples/configs/tiny.yaml --gpu L4')).out).toContain('L4');
    expect((await runCli(checkout, 'fit examples/configs/xl.yaml --gpu A10 --count 128')).out).toContain('A10');
  });
});

describe('what is estimated needs no file:', () => {
  test('a model of the catalog by its id', async () => {
    const { run, parameters } = await estimated('estimate qwen/qwen3-8b --gpu H100 --count 8', '', '/');
    expect(run).toMatchObject({ path: 'qwen/qwen3-8b', name: 'qwen/qwen3-8b' });
    expect(parameters?.total).toBe(8_190_735_360);
  });

  test('a file of that name comes first', async () => {
    const { path } = new ScratchFolder({ 'Qwen/Qwen3-8B/tiny.yaml': sampleConfig('tiny.yaml') });
    expect((await runCli(path, 'estimate Qwen/Qwen3-8B')).out).toContain('tiny.yaml');
  });

  test.each([
    ['YAML', sampleConfig('tiny.yaml'), 'stdin.yaml'],
    ['JSON', '{"scalegate": 1, "model": {"id": "gpt2"}}', 'stdin.json'],
    ['TOML', 'scalegate = 1\n[model]\nid = "gpt2"\n', 'stdin.toml'],
    [
      'a launch script',
      '#!/bin/bash\ntorchrun --nproc_per_node 8 pretrain_gpt.py --num-layers 4 --hidden-size 512 --num-attention-heads 8 --seq-length 1024 --max-position-embeddings 1024 --micro-batch-size 4\n',
      'stdin.sh',
    ],
  ])('%s on standard input', async (_, text, path) => {
    const { run, parameters } = await estimated('estimate -', text);
    expect(run.path).toBe(path);
    expect(parameters).not.toBeNull();
  });

  test.each(['', 'hello: 1', '\0', '{', '['.repeat(1e5)])('%j on standard input is met with words', async (text) => {
    const { err, status } = await runCli(checkout, 'estimate -', { input: text });
    expect(err).toMatch(/^error {2}stdin\.\w+:1:\d+ {2}\S/);
    expect(status).toBe(2);
  });
});

test.each([
  ['--set micro_batch_size=4', 'there is no fact "micro_batch_size"; did you mean training.micro_batch_size?'],
  ['--set training.optimizr=lion', 'did you mean training.optimizer'],
  ['--set model.moe.experts=4', 'model.moe.num_experts'],
  ['--set training.precision=bf61', 'Expected one of fp32'],
  ['--set training.precision', 'expected KEY=VALUE'],
  ['--set training.tokens=-5', '--set training.tokens: Found -5.'],
  ['--set __proto__=1', 'there is no fact "__proto__"'],
  ['--count eight', '--count: Found "eight". Expected a whole number.'],
  ['--count 0', 'at least 1'],
  ['--price free', '--price: Found "free"'],
  ['--gpu h1000', 'knows no GPU "h1000"; did you mean H100-SXM5-80GB?'],
  ['--gpu Voodoo2', 'docs/gpus.md has them all. Of another one, add --set hardware.memory_gib=N'],
  ['--count 8 --set hardware.count=4', 'hardware.count is set twice'],
])('%s is met with what was meant', async (options, message) => {
  const { out, err, status } = await runCli(checkout, `${large} ${options}`);
  expect(err).toContain(message);
  expect([out, status]).toEqual(['', 2]);
});

test('a model that is misspelled is met with what was meant', async () => {
  const { err, status } = await runCli('/', 'estimate meta-llama/Llama-3.1-8C Llama-3.1-8B nothing.yaml');
  expect(err.match(/did you mean "meta-llama\/Llama-3\.1-8B"\?/g)).toHaveLength(2);
  expect(err).toContain('nothing.yaml:1:1  this file does not exist.\n');
  expect(status).toBe(2);
});
