import { expect, test } from 'vitest';
import { trainerTraits } from './trainer-traits.ts';
import { trainers } from './trainers/index.ts';

const names = trainers.flatMap((trainer) => trainer.names);

test.each(names)('%s is known by what it rests on', (name) => {
  expect(trainerTraits(name).known).toBe(true);
  expect(trainerTraits(name).evidence).not.toBe('unknown');
});

test('no two trainers share a name, however it is written', () => {
  const letters = names.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ''));
  expect(new Set(letters).size).toBe(letters.length);
});

test.each(['open_lm', 'OpenLM', 'Open LM'])('%s is open-lm', (name) => {
  expect(trainerTraits(name)).toBe(trainerTraits('open-lm'));
});

test.each([null, '', 'in-house'])('a trainer that nobody described (%s) is a plain loop', (name) => {
  expect(trainerTraits(name)).toMatchObject({ known: false, evidence: 'unknown', states: 'torch' });
});

test('ms-swift hands model parallel runs over to Megatron Core', () => {
  const run = { tensor: 2, pipeline: 1, shardingEngine: null };
  expect(trainerTraits('ms-swift', run).states).toBe('megatron');
  expect(trainerTraits('huggingface', run).states).toBe('accelerate');
});
