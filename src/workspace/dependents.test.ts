import { describe, expect, test } from 'vitest';
import { check } from '../core/check.ts';
import { gatherPullRequest } from './gather.ts';
import { findGuards } from './guards.ts';
import { inMemoryWorkspace } from './in-memory.ts';
import type { Workspace } from './workspace.ts';

type Files = Readonly<Record<string, string>>;

/** What a pull request comes to that writes some files over others; null deletes one. */
async function evaluate(files: Files, edits: Readonly<Record<string, string | null>>) {
  const kept = Object.entries({ ...files, ...edits }).filter(([, text]) => text !== null) as [string, string][];
  const base = inMemoryWorkspace(files);
  const head = inMemoryWorkspace(Object.fromEntries(kept));
  const reads: (readonly string[])[] = [];
  let lists = 0;
  const counted: Workspace = {
    list: () => {
      lists += 1;
      return head.list();
    },
    read: (paths) => {
      reads.push(paths);
      return head.read(paths);
    },
  };
  const changedFiles = Object.keys(edits).map((path) => ({
    path,
    previousPath: null,
    status: edits[path] === null ? ('removed' as const) : path in files ? ('modified' as const) : ('added' as const),
  }));
  const guards = await findGuards(base);
  const evaluation = check(await gatherPullRequest({ base, head: counted, changedFiles, guards }));
  const pairs = evaluation.pairs.map(({ path, through = [] }) => `${path} by ${through.join(', ')}`).sort();
  return { evaluation, pairs, reads, lists };
}

const base = `policy: { model_name: meta-llama/Llama-3.2-1B, train_micro_batch_size: 1, train_global_batch_size: 32 }
sft: { max_num_steps: 60 }
cluster: { gpus_per_node: 8, num_nodes: 1 }
`;
const configs = {
  'configs/sft.yaml': base,
  'configs/middle.yaml': 'defaults: sft.yaml\npolicy: { max_total_sequence_length: 1024 }\n',
  'configs/recipes/a.yaml': 'defaults: ../middle.yaml\ncluster: { num_nodes: 2 }\n',
  'configs/recipes/b.yaml': 'defaults: ../sft.yaml\npolicy: { train_micro_batch_size: 4 }\n',
  'configs/other.yaml': base,
};

describe('a change of a base', () => {
  test('changes every config that includes it, also through others', async () => {
    const edit = base.replace('train_micro_batch_size: 1', 'train_micro_batch_size: 2');
    const { pairs, evaluation } = await evaluate(configs, { 'configs/sft.yaml': edit });
    expect(pairs).toEqual([
      'configs/middle.yaml by configs/sft.yaml',
      'configs/recipes/a.yaml by configs/sft.yaml',
      // b sets the micro batch itself
      'configs/sft.yaml by ',
    ]);
    const a = evaluation.pairs.find(({ path }) => path === 'configs/recipes/a.yaml');
    expect([a?.base?.run.training.microBatchSize, a?.head?.run.training.microBatchSize]).toEqual([1, 2]);
  });

  test('is found at the line of the base that causes it', async () => {
    const files = {
      ...configs,
      '.github/scalegate.yml': 'scalegate_policy: 1\nassumptions: [{files: ["**"], hardware: {gpu: L4}}]\n',
    };
    const edit = base.replace('train_micro_batch_size: 1', 'train_micro_batch_size: 16');
    const { evaluation } = await evaluate(files, { 'configs/sft.yaml': edit });
    expect(evaluation.findings.find(({ path }) => path === 'configs/recipes/a.yaml')).toMatchObject({
      place: { path: 'configs/sft.yaml', line: 1 },
    });
  });

  test('that is deleted makes them unreadable, with the chain', async () => {
    const { evaluation } = await evaluate(configs, { 'configs/middle.yaml': null });
    expect(evaluation.verdict).toBe('fail');
    expect(evaluation.pairs.find(({ path }) => path === 'configs/recipes/a.yaml')?.problems).toMatchObject([
      { code: 'missing-include', place: { path: 'configs/recipes/a.yaml', line: 1 } },
    ]);
  });

  test('that only changes a comment changes no other', async () => {
    expect((await evaluate(configs, { 'configs/sft.yaml': `# note\n${base}` })).pairs).toEqual([
      'configs/sft.yaml by ',
    ]);
  });

  test('is seen where the policy does not look at the base itself', async () => {
    const policy = 'scalegate_policy: 1\nconfigs: ["configs/recipes/**"]\n';
    const edit = base
      .replace('num_nodes: 1', 'num_nodes: 2')
      .replace('train_micro_batch_size: 1', 'train_micro_batch_size: 2');
    const { pairs } = await evaluate({ ...configs, '.github/scalegate.yml': policy }, { 'configs/sft.yaml': edit });
    expect(pairs).toEqual(['configs/recipes/a.yaml by configs/sft.yaml', 'configs/recipes/b.yaml by configs/sft.yaml']);
  });

  test('is a part of a config, and none itself, where the policy lists both', async () => {
    const files = {
      '.github/scalegate.yml': 'scalegate_policy: 1\nconfigs: ["conf/**"]\n',
      'conf/run.yaml': 'defaults: [{model: small}]\ntrainer: {devices: 8, precision: bf16}\n',
      'conf/model/small.yaml': 'micro_batch_size: 1\noptim: {name: adam}\n',
    };
    const { pairs, evaluation } = await evaluate(files, {
      'conf/model/small.yaml': 'micro_batch_size: 2\noptim: {name: adam}\n',
    });
    expect(pairs).toEqual(['conf/run.yaml by conf/model/small.yaml']);
    expect(evaluation.findings.filter(({ rule }) => rule === 'unreadable-config')).toEqual([]);
  });
});

test.each<[string, Files, string, string]>([
  [
    'a DeepSpeed file',
    {
      'a.yaml': 'base_model: a/b\nsequence_len: 512\ndeepspeed: ds/zero.json\n',
      'ds/zero.json': '{"zero_optimization": {"stage": 2}}',
    },
    'ds/zero.json',
    '{"zero_optimization": {"stage": 3}}',
  ],
  [
    'the config.json of a model',
    {
      'a.yaml': 'base_model: ./models/tiny\nsequence_len: 512\n',
      'models/tiny/config.json':
        '{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 100, "intermediate_size": 128}',
    },
    'models/tiny/config.json',
    '{"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "vocab_size": 100, "intermediate_size": 128}',
  ],
  [
    'an option that another is named after',
    {
      'run.yaml':
        'defaults: [{model: big}, {optim: "${model}_adam"}]\ntrainer: {devices: 8, precision: bf16}\nmodel: {micro_batch_size: 1, optim: {name: adam}}',
      'model/big.yaml': 'num_layers: 2\n',
      'optim/big_adam.yaml': '# @package model\nseq_length: 512\n',
    },
    'optim/big_adam.yaml',
    '# @package model\nseq_length: 1024\n',
  ],
])('%s changes what names it', async (_, files, path, text) => {
  const { pairs } = await evaluate(files, { [path]: text });
  const dependent = Object.keys(files).find((name) => name.startsWith('run') || (name === 'a.yaml' && path !== name))!;
  expect(pairs).toContain(`${dependent} by ${path}`);
});

test('a config that a script starts is one run with it, whichever of the two changes', async () => {
  const files = {
    'a.yaml': 'base_model: a/b\nsequence_len: 512\n',
    'run.sh': 'axolotl train a.yaml --micro-batch-size 2\n',
  };
  const config = await evaluate(files, { 'a.yaml': 'base_model: a/b\nsequence_len: 1024\n' });
  expect(config.pairs).toEqual(['a.yaml by ']);
  const script = await evaluate(files, { 'run.sh': 'axolotl train a.yaml --micro-batch-size 4\n' });
  expect(script.pairs).toEqual(['a.yaml by run.sh']);
});

test('of a changed launcher, others of its config are known', async () => {
  const files = {
    'a.yaml': 'base_model: a/b\nsequence_len: 512\n',
    'one.sh': 'axolotl train a.yaml --micro-batch-size 2\n',
    'two.sh': 'axolotl train a.yaml --micro-batch-size 2\n',
  };
  const { pairs } = await evaluate(files, { 'one.sh': 'axolotl train a.yaml --micro-batch-size 4\n' });
  expect(pairs).toEqual(['a.yaml::one.sh by one.sh']);
});

describe('whether a changed file is a part follows from opening the configs, not from the words in it:', () => {
  const moe = {
    'conf/run.yaml': 'defaults: [{moe@model: m}, {size@model: s}]\ntrainer: {devices: 8, precision: bf16}\n',
    'conf/moe/m.yaml': 'num_moe_experts: 2\n',
    'conf/size/s.yaml':
      'micro_batch_size: 1\noptim: {name: adam}\nnum_layers: 2\nhidden_size: 64\nnum_attention_heads: 4\n',
  };

  test('a part of one key', async () => {
    const { pairs } = await evaluate(moe, { 'conf/moe/m.yaml': 'num_moe_experts: 256\n' });
    expect(pairs).toEqual(['conf/run.yaml by conf/moe/m.yaml']);
  });

  test('a part that has keys of other tools', async () => {
    const files = { ...moe, 'conf/size/s.yaml': `jobs: 1\nservices: {}\n${moe['conf/size/s.yaml']}` };
    const edit = files['conf/size/s.yaml'].replace('micro_batch_size: 1', 'micro_batch_size: 256');
    expect((await evaluate(files, { 'conf/size/s.yaml': edit })).pairs).toEqual([
      'conf/run.yaml by conf/size/s.yaml',
      // A model's size with a batch may be a run of its own as well, which another that includes it does not hide.
      'conf/size/s.yaml by ',
    ]);
  });

  test('a model in the folder of the config that names it by a dot', async () => {
    const model = (layers: number) =>
      `{"model_type": "llama", "hidden_size": 64, "num_hidden_layers": ${layers}, "num_attention_heads": 4, "vocab_size": 100, "intermediate_size": 128}`;
    const files = { 'tiny/train.yaml': 'base_model: .\nsequence_len: 512\n', 'tiny/config.json': model(2) };
    const { pairs } = await evaluate(files, { 'tiny/config.json': model(4) });
    expect(pairs).toContain('tiny/train.yaml by tiny/config.json');
  });

  test('a group of the config that was started with, which another names', async () => {
    const files = {
      'runs/run.yaml':
        'defaults: [/base]\nhydra: {searchpath: [file://common]}\ntrainer: {devices: 8, precision: bf16}\nmodel: {micro_batch_size: 1, optim: {name: adam}}\n',
      'common/base.yaml': 'defaults: [{model: small}]\n',
      'runs/model/small.yaml': 'num_layers: 2\n',
    };
    const { pairs } = await evaluate(files, { 'runs/model/small.yaml': 'num_layers: 4\n' });
    expect(pairs).toContain('runs/run.yaml by runs/model/small.yaml');
  });
});

describe('other files are looked at', () => {
  test.each([
    ['docs/notes.md', 'x'],
    ['package.json', '{"name": "x"}'],
    ['run.sh', 'python train.py\n'],
  ])('not for a change of %s', async (path, text) => {
    const { lists } = await evaluate({ 'many.yaml': base, [path]: '' }, { [path]: text });
    expect(lists).toBe(0);
  });

  test.each([
    [
      'train.py',
      'import torch\nsteps = 1\ndef main():\n    print(1)\n',
      'import torch\nsteps = 1\ndef main():\n    print(2)\n',
    ],
    ['deploy.yaml', 'image: v1\n', '# the first\nimage: "v1"\n'],
  ])('not for a change of %s that leaves its values as they were', async (path, before, after) => {
    expect((await evaluate({ 'many.yaml': base, [path]: before }, { [path]: after })).lists).toBe(0);
  });

  test('in one listing and one read, the nearest first, and a change beyond the bound is a problem', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_100 }, (_, index) => [`far/${index}.yaml`, 'x: 1\n']));
    const files = { ...many, 'near/base.yaml': base, 'near/run.yaml': 'defaults: base.yaml\npolicy: {}\n' };
    const edit = base.replace('max_num_steps: 60', 'max_num_steps: 6');
    const { pairs, evaluation, reads, lists } = await evaluate(files, { 'near/base.yaml': edit });
    expect([lists, Math.max(...reads.map((paths) => paths.length))]).toEqual([1, 10_000]);
    expect(pairs).toContain('near/run.yaml by near/base.yaml');
    const unread = evaluation.findings.filter(({ rule }) => rule === 'unreadable-config');
    expect(unread).toMatchObject([{ level: 'notice', place: { path: 'near/base.yaml' } }]);
    expect(unread[0]?.message).toContain('101 were not');
  });

  test('and where the policy lists the configs, what was not looked into fails', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_100 }, (_, index) => [`configs/${index}.yaml`, 'x: 1\n']));
    const files = {
      ...many,
      '.github/scalegate.yml': 'scalegate_policy: 1\nconfigs: ["configs/**"]\n',
      'base.yaml': base,
    };
    const { evaluation } = await evaluate(files, { 'base.yaml': `${base}x: 1\n` });
    expect(evaluation.verdict).toBe('fail');
    expect(evaluation.pairs.flatMap(({ problems }) => problems)).toMatchObject([{ code: 'too-many-files' }]);
  });
});
