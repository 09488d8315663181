import { afterAll, expect, test } from 'vitest';
import { largeMovedToXl, sampleConfig } from '../../../test/support/sample-repository.ts';
import { evaluateHere } from '../../workspace/evaluate.ts';
import type { PullRequestSources } from '../../workspace/gather.ts';
import { findGuards } from '../../workspace/guards.ts';
import { inMemoryWorkspace } from '../../workspace/in-memory.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { DeadlineExceeded } from '../work/deadline.ts';
import { EvaluationThread } from './evaluation-thread.ts';
import { OutOfMemory } from './out-of-memory.ts';

const today = '2026-11-23';
const never = new AbortController().signal;

/** Does what the changed file is called. All share it, since a thread takes a second to start. */
const entry = new URL('../../../test/support/evaluation-thread-entry.ts', import.meta.url);
const misbehaving = new EvaluationThread({ entry, mostTurnMs: 3000 });
const evaluate = misbehaving.within(never);
afterAll(() => misbehaving.close());

/** A pull request that moves one config to XL. */
async function aChange(path = 'configs/large.yaml', head: Partial<Workspace> = {}): Promise<PullRequestSources> {
  const base = inMemoryWorkspace({ [path]: sampleConfig('large.yaml') });
  return {
    base,
    head: { ...inMemoryWorkspace({ [path]: largeMovedToXl() }), ...head },
    changedFiles: [{ path, previousPath: null, status: 'modified' }],
    guards: await findGuards(base),
  };
}

test('it says what is said here', async () => {
  const thread = new EvaluationThread({ mostTurnMs: 30_000 });
  const change = await aChange();
  const evaluation = await thread.within(never)(change, today);
  await thread.close();
  expect(evaluation.verdict).toBe('waiting');
  expect(evaluation).toEqual(await evaluateHere(change, today));
});

test('what GitHub answers in the meantime is thrown as it is', async () => {
  class NotFound extends Error {}
  const error = new NotFound('there is no such commit');
  const change = await aChange('configs/large.yaml', { read: () => Promise.reject(error) });
  await expect(evaluate(change, today)).rejects.toBe(error);
});

test('what is asked in one go can be looked up in one go', async () => {
  const log: string[] = [];
  const change = await aChange();
  const logged = (side: 'base' | 'head'): Workspace => ({
    ...change[side],
    read: async (paths) => {
      log.push(side);
      await new Promise(setImmediate);
      log.push('.');
      return change[side].read(paths);
    },
  });
  await evaluate({ ...change, base: logged('base'), head: logged('head') }, today);
  expect(log.slice(0, 3)).toEqual(['base', 'head', '.']);
});

test('a mistake of ours arrives as what it is', async () => {
  const failing = evaluate(await aChange('configs/throws.yaml'), today);
  await expect(failing).rejects.toThrow(new TypeError('x is not a function'));
  await expect(failing).rejects.toBeInstanceOf(TypeError);
});

test('one that computes for ever is ended, and one beside it starts over', async () => {
  const change = await aChange();
  let reads = 0;
  let go: () => void = () => undefined;
  const goes = new Promise<void>((resolve) => (go = resolve));
  const read: Workspace['read'] = async (paths) => {
    reads += 1;
    if (reads === 1) await goes;
    return change.head.read(paths);
  };
  const beside = evaluate({ ...change, head: { ...change.head, read } }, today);
  await expect(evaluate(await aChange('configs/loops.yaml'), today)).rejects.toThrow(DeadlineExceeded);
  go();
  expect((await beside).verdict).toBe('waiting');
  expect(reads).toBeGreaterThan(1);
});

test('one that fills the memory fails, and the next is evaluated', async () => {
  const small = new EvaluationThread({ entry, mostTurnMs: 60_000, memoryMegabytes: 64 });
  const failing = small.within(never)(await aChange('configs/fills.yaml'), today);
  await expect(failing).rejects.toThrow(OutOfMemory);
  expect((await small.within(never)(await aChange(), today)).verdict).toBe('waiting');
  await small.close();
});

test('what is told to stop is not waited for, and closing ends what computes', async () => {
  const stop = new AbortController();
  const stopped = misbehaving.within(stop.signal)(await aChange('configs/loops.yaml'), today);
  const waiting = evaluate(await aChange(), today);
  stop.abort(new Error('the lease is lost'));
  await expect(stopped).rejects.toThrow('the lease is lost');
  const failing = expect(waiting).rejects.toThrow('scalegate stops');
  await misbehaving.close();
  await failing;
  await expect(evaluate(await aChange(), today)).rejects.toThrow('scalegate stops');
});

test('where the thread does not load every evaluation fails', async () => {
  const missing = new URL('data:text/javascript,throw new Error("no such file")');
  const broken = new EvaluationThread({ entry: missing, mostTurnMs: 1000 });
  for (const change of [await aChange(), await aChange()]) {
    await expect(broken.within(never)(change, today)).rejects.toThrow('no such file');
  }
  await broken.close();
});
