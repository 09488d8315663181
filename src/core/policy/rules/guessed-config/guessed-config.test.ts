import { expect, test } from 'vitest';
import { estimateConfig } from '../../../estimate-config.ts';
import { OpenedFiles } from '../../../reading/opened-files.ts';
import { readGuards } from '../../../guards.ts';
import type { RunPair } from '../../rule.ts';
import { aContext } from '../../../../../test/support/a-run.ts';
import { guessedConfig } from './guessed-config.ts';

const own = 'net: { d_model: 512, n_layer: 8, n_head: 8, vocab_size: 1000 }\nlr: 1e-3\nbatch_size: 4\n';

function side(text: string | null): RunPair['head'] {
  if (text === null) return null;
  return estimateConfig('a.yaml', new OpenedFiles([['a.yaml', { text }]]), readGuards(null)).estimated;
}

function check(base: string | null, head: string | null) {
  const pair = {
    path: 'a.yaml',
    previousPath: null,
    base: side(base),
    head: side(head),
    problems: [],
    edits: [],
    baseProblems: [],
  };
  return guessedConfig.checkPair(pair, {}, aContext());
}

test('a new config that is read by guess is told, with the command that maps it', () => {
  expect(check(null, own)).toMatchObject([
    {
      place: { path: 'a.yaml', line: 1 },
      message: expect.stringContaining('5 facts') as string,
      action: expect.stringContaining('`scalegate map a.yaml`') as string,
    },
  ]);
});

test('so is one of which a fact changes, and none that only moves', () => {
  expect(check(own, own.replace('batch_size: 4', 'batch_size: 8'))).toHaveLength(1);
  expect(check(own, `# moved\n${own}`)).toEqual([]);
  expect(check(own, null)).toEqual([]);
});

test('a config of a known format is none', () => {
  expect(check(null, 'scalegate: 1\nmodel: { hidden_size: 512 }\n')).toEqual([]);
});
