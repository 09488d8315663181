import { expect, test } from 'vitest';
import { largeMovedToXl, sampleConfig } from '../../../test/support/sample-repository.ts';
import type { PullRequestSources } from '../../workspace/gather.ts';
import { findGuards } from '../../workspace/guards.ts';
import { inMemoryWorkspace } from '../../workspace/in-memory.ts';
import { EvaluationThreads } from './evaluation-threads.ts';

const today = '2026-11-23';
const never = new AbortController().signal;
const entry = new URL('../../../test/support/evaluation-thread-entry.ts', import.meta.url);

async function aChange(path: string): Promise<PullRequestSources> {
  const base = inMemoryWorkspace({ [path]: sampleConfig('large.yaml') });
  const changedFiles = [{ path, previousPath: null, status: 'modified' as const }];
  return { base, head: inMemoryWorkspace({ [path]: largeMovedToXl() }), changedFiles, guards: await findGuards(base) };
}

test('what computes for ever holds up nothing that another thread can do', async () => {
  const threads = new EvaluationThreads({ entry, mostTurnMs: 600_000, most: 2 });
  const evaluate = threads.within(never);
  const looping = evaluate(await aChange('configs/loops.yaml'), today);
  expect((await evaluate(await aChange('configs/large.yaml'), today)).verdict).toBe('waiting');
  expect((await evaluate(await aChange('configs/large.yaml'), today)).verdict).toBe('waiting');
  const ended = expect(looping).rejects.toThrow('scalegate stops');
  await threads.close();
  await ended;
});
