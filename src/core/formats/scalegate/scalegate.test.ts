import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const written: Readonly<Record<string, string>> = {
  'large.yaml': `scalegate: 1
name: large-baseline
model: { hidden_size: 2048, num_layers: 24, moe: { num_experts: 8 } }
training:
  lora: { rank: 16, target_modules: [q_proj, v_proj] }
  tokens: 2.048e11
  checkpoint_every: 10%
hardware: { gpu: A100-80GB, count: 64 }
`,
  'large.json': `{
  // the baseline
  "scalegate": 1,
  "name": "large-baseline",
  "model": { "hidden_size": 2048, "num_layers": 24, "moe": { "num_experts": 8 } },
  "training": {
    "lora": { "rank": 16, "target_modules": ["q_proj", "v_proj"], },
    "tokens": 2.048e11,
    "checkpoint_every": "10%",
  },
  "hardware": { "gpu": "A100-80GB", "count": 64 },
}
`,
  'large.toml': `scalegate = 1
name = "large-baseline"
[model]
hidden_size = 2048
num_layers = 24
moe.num_experts = 8
[training]
tokens = 2.048e11
checkpoint_every = "10%"
[training.lora]
rank = 16
target_modules = ["q_proj", "v_proj"]
[hardware]
gpu = "A100-80GB"
count = 64
`,
};

test.each(Object.entries(written))('%s states the same run in its own syntax', (path, text) => {
  const { run, problems } = readRun(path, text, new Map());
  expect(problems).toEqual([]);
  expect(run).toMatchObject({ path, dialect: 'scalegate', name: 'large-baseline' });
  expect(values(run!.facts)).toEqual({
    name: 'large-baseline',
    'model.hidden_size': 2048,
    'model.num_layers': 24,
    'model.moe.num_experts': 8,
    'training.lora.rank': 16,
    'training.lora.target_modules': ['q_proj', 'v_proj'],
    'training.tokens': 2.048e11,
    'training.checkpoint_every': '10%',
    'hardware.gpu': 'A100-80GB',
    'hardware.count': 64,
  });
  for (const fact of Object.values(run!.facts)) expect(fact).toMatchObject({ authority: 'config', place: { path } });
});

test('a run without a name goes by its file, or by the folder of a file called config', () => {
  expect(readRun('runs/large.yaml', 'scalegate: 1', new Map()).run?.name).toBe('large');
  expect(readRun('runs/large/config.yaml', 'scalegate: 1', new Map()).run?.name).toBe('large');
});

test.each(['2', '"1"', 'true', 'null'])('version %s is not read, and the problem says which is', (version) => {
  expect(readRun('a.yaml', `# run\nscalegate: ${version}\nanything: 1\n`, new Map())).toMatchObject({
    format: { name: 'scalegate' },
    run: null,
    problems: [
      { key: 'scalegate', place: { line: 2 }, hint: 'Expected version 1, the only one that this release reads.' },
    ],
  });
});

test('a misspelled key is a problem that names the right one, and there is no run', () => {
  const text = 'scalegate: 1\nmodel:\n  hiden_size: 2048\n  num_layers: 24\ntraning: {}\n';
  const { run, problems } = readRun('a.yaml', text, new Map());
  expect(run).toBeNull();
  expect(problems.map(({ code, key, hint, place }) => [code, key, hint, place.line])).toEqual([
    ['unknown-key', 'model.hiden_size', 'Did you mean "hidden_size"?', 3],
    ['unknown-key', 'traning', 'Did you mean "training"?', 5],
  ]);
});

test.each(['None', 'null', '"none"'])('gpu: %s is no GPU', (gpu) => {
  const { run, problems } = readRun('a.yaml', `scalegate: 1\nhardware: { gpu: ${gpu}, count: 8 }\n`, new Map());
  expect(problems).toEqual([]);
  expect(values(run!.facts)).toEqual({ 'hardware.count': 8 });
});

function values(facts: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(facts).map(([field, fact]) => [field, (fact as { value: unknown }).value]));
}
