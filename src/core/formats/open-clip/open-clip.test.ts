import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('model_configs/ViT-B-32.json', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const model =
  '{ "embed_dim": 512, "vision_cfg": { "layers": 12 },\n"text_cfg": { "context_length": 77, "width": 512 } }';

test('a model states the length of its texts, and no dimensions that an estimate would misread', () => {
  expect(valuesOf(model)).toEqual({ 'training.trainer': 'open-clip', 'training.sequence_length': 77 });
});

test('a wrong type is a problem on its line', () => {
  expect(read(model.replace('77', '"long"')).problems).toMatchObject([
    { code: 'wrong-type', key: 'text_cfg.context_length', place: { line: 2 } },
  ]);
});
