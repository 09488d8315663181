import { describe, expect, test } from 'vitest';
import { basePath, headPath, type ChangedFile } from '../core/change.ts';
import type { CheckInput } from '../core/check.ts';
import { OpenedFiles } from '../core/reading/opened-files.ts';
import { openAround } from './collect.ts';
import { gatherPullRequest, gatherRepository } from './gather.ts';
import { findGuards } from './guards.ts';
import { inMemoryWorkspace } from './in-memory.ts';

const changed = (path: string, status: ChangedFile['status'] = 'modified', previousPath: string | null = null) => ({
  path,
  status,
  previousPath,
});

async function gather(
  base: Record<string, string>,
  head: Record<string, string>,
  changedFiles: readonly ChangedFile[],
) {
  const [before, after] = [inMemoryWorkspace(base), inMemoryWorkspace(head)];
  return gatherPullRequest({ base: before, head: after, changedFiles, guards: await findGuards(before) });
}

/** What is at a changed file's path on either side; null where it has none. */
function contents({ changes, sides }: CheckInput) {
  return changes.map((change) => {
    const [before, after] = [basePath(change), headPath(change)];
    return [before === null ? null : sides.base.content(before), after === null ? null : sides.head.content(after)];
  });
}

describe('a pull request', () => {
  test('has both sides of changed files, one side of new and deleted ones', async () => {
    const input = await gather(
      { 'a.yaml': 'a: 1\n', 'gone.yaml': 'g: 1\n' },
      { 'a.yaml': 'a: 2\n', 'new.yaml': 'n: 1\n' },
      [changed('a.yaml'), changed('gone.yaml', 'removed'), changed('new.yaml', 'added')],
    );
    expect(input.changes.map(({ path }) => path)).toEqual(['a.yaml', 'gone.yaml', 'new.yaml']);
    expect(contents(input)).toEqual([
      [{ text: 'a: 1\n' }, { text: 'a: 2\n' }],
      [{ text: 'g: 1\n' }, null],
      [null, { text: 'n: 1\n' }],
    ]);
  });

  test('compares a renamed config with what it was under its old name', async () => {
    const input = await gather({ 'old.yaml': 'a: 1\n' }, { 'new.yaml': 'a: 2\n' }, [
      changed('new.yaml', 'modified', 'old.yaml'),
    ]);
    expect(input.changes).toMatchObject([{ path: 'new.yaml', previousPath: 'old.yaml' }]);
    expect(contents(input)).toEqual([[{ text: 'a: 1\n' }, { text: 'a: 2\n' }]]);
  });

  test('keeps sight of a config that is moved out of the folders that the policy lists', async () => {
    const policy = { '.github/scalegate.yml': 'scalegate_policy: 1\nconfigs: ["configs/**"]\n' };
    const input = await gather({ ...policy, 'configs/a.yaml': '' }, { ...policy, 'hidden/a.yaml': '' }, [
      changed('hidden/a.yaml', 'modified', 'configs/a.yaml'),
    ]);
    expect(input.changes).toHaveLength(1);
  });

  test('reads only what can be a config', async () => {
    const input = await gather({}, { 'train.c': '' }, [changed('train.c', 'added')]);
    expect(input.changes).toEqual([]);
    expect(input.changedGuards).toEqual([]);
  });

  test('has policy and plan of the base, whatever the head makes of them', async () => {
    const path = '.github/scalegate.yml';
    const input = await gather({ [path]: 'scalegate_policy: 1\n' }, { [path]: 'lax\n' }, [changed(path)]);
    expect(input.policy).toEqual({ path, content: { text: 'scalegate_policy: 1\n' } });
    expect(input.changedGuards).toEqual([{ path, content: { text: 'lax\n' } }]);
  });

  test('sees a plan that is added where one is looked for, and one that is deleted', async () => {
    const input = await gather({ 'scaling-plan.yml': 'old\n' }, { 'scaling-plan.md': 'new\n' }, [
      changed('scaling-plan.md', 'added'),
      changed('scaling-plan.yml', 'removed'),
    ]);
    expect(input.changedGuards).toEqual([
      { path: 'scaling-plan.md', content: { text: 'new\n' } },
      { path: 'scaling-plan.yml', content: { unreadable: 'is deleted' } },
    ]);
  });

  test('does not take a file for deleted that is listed and cannot be found', async () => {
    const input = await gather({ 'a.yaml': '' }, {}, [changed('a.yaml')]);
    expect(contents(input)[0]?.[1]).toEqual({ unreadable: expect.stringContaining('could not be found') as unknown });
  });
});

test('a repository as a whole has every config, unchanged', async () => {
  const workspace = inMemoryWorkspace({ 'a.yaml': 'a: 1\n', 'readme.md': '' });
  const input = await gatherRepository(workspace, await findGuards(workspace));
  expect(input.changes).toEqual([{ path: 'a.yaml', previousPath: null, status: 'modified' }]);
  expect(contents(input)).toEqual([[{ text: 'a: 1\n' }, { text: 'a: 1\n' }]]);
});

describe('files that configs refer to', () => {
  const recipe = (model: string) =>
    `model_name_or_path: ${model}\nlearning_rate: 1.0e-5\nper_device_train_batch_size: 1\n`;

  test('are read with them', async () => {
    const files = new OpenedFiles([['train.yaml', { text: recipe('./model') }]]);
    await openAround(inMemoryWorkspace({ 'model/config.json': '{}' }), files, ['train.yaml'], {
      huggingFaceHub: false,
    });
    expect(files.text('model/config.json')).toBe('{}');
  });

  test('are bounded, and those beyond the bound say so', async () => {
    const files = new OpenedFiles([
      ['run.yaml', { text: `defaults: [${Array.from({ length: 190 }, (_, index) => `part${index}`).join(', ')}]\n` }],
    ]);
    const deep = Array.from({ length: 30 }, (_, index) => [`part${index}.yaml`, `defaults: [part${index + 1}]\n`]);
    const workspace = inMemoryWorkspace(Object.fromEntries(deep) as Record<string, string>);
    await openAround(workspace, files, ['run.yaml'], { huggingFaceHub: false });
    expect(files.content('part1.yaml')).toEqual({ text: 'defaults: [part2]\n' });
    expect(files.unanswered).toEqual([]);
  });
});
