import { expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

test.each([
  ['gpu: H100:8', { 'hardware.gpu': 'H100', 'hardware.count': 16 }],
  ['gpu: A100:80GB:2', { 'hardware.gpu': 'A100', 'hardware.memory_gib': 80, 'hardware.count': 4 }],
  ['gpu: MI300X', { 'hardware.gpu': 'MI300X', 'hardware.count': 2 }],
  ['gpu: 24GB', { 'hardware.gpu': undefined, 'hardware.memory_gib': 24, 'hardware.count': 2 }],
  ['gpu: 1..8', { 'hardware.gpu': undefined, 'hardware.count': undefined }],
  ['gpu: 24GB..', { 'hardware.memory_gib': undefined, 'hardware.count': 2 }],
  ['gpu: 4', { 'hardware.count': 8 }],
  ['gpu: { name: H100, count: 8, memory: 80GB }', { 'hardware.gpu': 'H100', 'hardware.count': 16 }],
  ['gpu: { name: [H100, A100], count: 8 }', { 'hardware.gpu': undefined, 'hardware.count': 16 }],
  ['disk: 100GB', { 'hardware.gpu': undefined, 'hardware.count': undefined }],
])('%s on two nodes states %j', (line, expected) => {
  const text = `type: task\nnodes: 2\ncommands: [train]\nresources:\n  ${line}\n`;
  const { run, problems } = readRun('.dstack.yml', text, new Map());
  expect(problems).toEqual([]);
  const facts = run!.facts as Record<string, { value: unknown }>;
  for (const [field, value] of Object.entries(expected)) expect(facts[field]?.value).toBe(value);
});

test('that it is one GPU where nothing is said is an assumption', () => {
  const { run } = readRun('a.yml', 'type: task\ncommands: [train]\nresources: { gpu: H100 }\n', new Map());
  expect(run?.facts['hardware.count']).toEqual({ value: 1, authority: 'default', place: null });
});

test('the config that it launches runs on its GPUs', () => {
  const text = 'type: task\ncommands:\n  - axolotl train cfg/a.yaml\nresources: { gpu: H100:8 }\n';
  expect(referencesOf('.dstack.yml', text)).toEqual(['cfg/a.yaml']);
  const config = 'base_model: a/b\nsequence_len: 512\n';
  const { run } = readRun('.dstack.yml', text, new Map([['cfg/a.yaml', config]]));
  expect(run?.facts['hardware.count']?.value).toBe(8);
  expect(run?.facts['training.sequence_length']).toMatchObject({ value: 512, place: { path: 'cfg/a.yaml' } });
});

test('a service or a development environment is no task', () => {
  expect(readRun('a.yml', 'type: service\ncommands: [serve]\nresources: { gpu: H100 }\n', new Map()).format).toBeNull();
});

test('a wrong value is a problem on its line', () => {
  const { problems } = readRun('a.yml', 'type: task\nnodes: two\ncommands: [x]\nresources: {}\n', new Map());
  expect(problems).toMatchObject([{ key: 'nodes', place: { line: 2 } }]);
});
