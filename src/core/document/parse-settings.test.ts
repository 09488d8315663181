import { expect, test } from 'vitest';
import { parsed, plain } from '../../../test/support/parsed-document.ts';
import { readRun } from '../reading/read-run.ts';

test.each<[string, string, unknown]>([
  [
    'run.env',
    'export LR=3e-4\nNAME="a b" # text\nN_LAYER=1_2\nBF16=true\n',
    { LR: 3e-4, NAME: 'a b', N_LAYER: 12, BF16: true },
  ],
  [
    'run.gin',
    "import x\nModel.dim = 512\ntrain/Model.layers = 8\nModel.act = @gelu\nrun.name = 'a'\n",
    { Model: { dim: 512, layers: 8 }, run: { name: 'a' } },
  ],
  ['ds.conf', '\n{ "zero_optimization": { "stage": 3 } }', { zero_optimization: { stage: 3 } }],
  ['run.conf', '# c\n[model]\ndim: 4\n[train]\nlr = 0.1\n', { model: { dim: 4 }, train: { lr: 0.1 } }],
  ['.env', 'A=$HOME/x\nB=$(date)\nC=1\nC=2\n', { C: 2 }],
])('%s: %j', (path, text, expected) => {
  expect(plain(parsed(path, text).value)).toEqual(expected);
});

test('every value has its place', () => {
  expect(parsed('a.gin', 'x = 1\n  Model.dim = 2\n').placeOf(['Model', 'dim'])).toEqual({
    path: 'a.gin',
    line: 2,
    column: 3,
  });
});

test.each([
  ['many settings', Array.from({ length: 20_000 }, (_, index) => `k${index} = 1\n`).join('')],
  ['a long name', `${'a.'.repeat(300_000)}b = 1\n`],
  ['a long value', `a = ${'"'.repeat(500_000)}\n`],
  ['spaces', ' '.repeat(500_000)],
])('%s are read soon', (_, text) => {
  expect(() => parsed('a.conf', text)).not.toThrow();
});

test.each([
  ['train.env', 'D_MODEL=512\nN_LAYER=8\nN_HEAD=8\nBATCH_SIZE=4\nLEARNING_RATE=3e-4\n'],
  [
    'train.gin',
    'Model.d_model = 512\nModel.n_layer = 8\nModel.n_head = 8\ntrain.batch_size = 4\ntrain.learning_rate = 3e-4\n',
  ],
  [
    'train.json5',
    "// a run\n{ model: { d_model: 512, n_layer: 8, n_head: 8 }, 'batch_size': 4, lr: 3e-4, /* end */ }\n",
  ],
  ['train.jsonnet', '{ model: { d_model: 512, n_layer: 8, n_head: 8 }, batch_size: 4, lr: 3e-4, }\n'],
])('%s is read by the names of its keys', (path, text) => {
  const { format, run, problems } = readRun(path, text, new Map());
  expect({ name: format?.name, problems }).toEqual({ name: 'generic', problems: [] });
  expect(run!.facts['model.hidden_size']?.value).toBe(512);
  expect(run!.facts['training.micro_batch_size']?.value).toBe(4);
});

test('what a program works out is no literal, and no error of a file that is none', () => {
  expect(readRun('a.jsonnet', 'local x = 1;\n{ a: x + 1 }\n', new Map()).format).toBeNull();
  expect(readRun('nginx.conf', 'server { listen 80; }\n', new Map())).toMatchObject({ format: null, run: null });
});
