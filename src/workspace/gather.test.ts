import { describe, expect, test } from 'vitest';
import { collectReferenced } from './collect.ts';
import { gatherPullRequest, gatherRepository } from './gather.ts';
import { findGuards } from './guards.ts';
import { inMemoryWorkspace } from './in-memory.ts';
import type { ChangedFile } from './workspace.ts';

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

describe('a pull request', () => {
  test('has both sides of changed files, one side of new and deleted ones', async () => {
    const input = await gather(
      { 'a.yaml': 'a: 1\n', 'gone.yaml': 'g: 1\n' },
      { 'a.yaml': 'a: 2\n', 'new.yaml': 'n: 1\n' },
      [changed('a.yaml'), changed('gone.yaml', 'removed'), changed('new.yaml', 'added')],
    );
    expect(input.changes).toEqual([
      { path: 'a.yaml', previousPath: null, base: { text: 'a: 1\n' }, head: { text: 'a: 2\n' } },
      { path: 'gone.yaml', previousPath: null, base: { text: 'g: 1\n' }, head: null },
      { path: 'new.yaml', previousPath: null, base: null, head: { text: 'n: 1\n' } },
    ]);
  });

  test('compares a renamed config with what it was under its old name', async () => {
    const input = await gather({ 'old.yaml': 'a: 1\n' }, { 'new.yaml': 'a: 2\n' }, [
      changed('new.yaml', 'modified', 'old.yaml'),
    ]);
    expect(input.changes).toEqual([
      { path: 'new.yaml', previousPath: 'old.yaml', base: { text: 'a: 1\n' }, head: { text: 'a: 2\n' } },
    ]);
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
    expect(input.changes[0]?.head).toEqual({ unreadable: expect.stringContaining('could not be found') as unknown });
  });
});

test('a repository as a whole has every config, unchanged', async () => {
  const workspace = inMemoryWorkspace({ 'a.yaml': 'a: 1\n', 'readme.md': '' });
  const input = await gatherRepository(workspace, await findGuards(workspace));
  expect(input.changes).toEqual([
    { path: 'a.yaml', previousPath: null, base: { text: 'a: 1\n' }, head: { text: 'a: 1\n' } },
  ]);
});

describe('files that configs refer to', () => {
  const recipe = (model: string) =>
    `model_name_or_path: ${model}\nlearning_rate: 1.0e-5\nper_device_train_batch_size: 1\n`;

  test('are read with them', async () => {
    const workspace = inMemoryWorkspace({ 'model/config.json': '{}' });
    const configs = new Map([['train.yaml', { text: recipe('./model') }]]);
    const referenced = await collectReferenced(workspace, configs, { huggingFaceHub: false, formats: [] });
    expect(referenced.map(({ path }) => path)).toEqual(['model/config.json']);
  });

  test('are bounded, and those beyond the bound say so', async () => {
    const configs = new Map(
      Array.from({ length: 1100 }, (_, index) => [`${index}.yaml`, { text: recipe(`./model${index}`) }]),
    );
    const models = Array.from({ length: 1100 }, (_, index) => [`model${index}/config.json`, '{}']);
    const workspace = inMemoryWorkspace(Object.fromEntries(models) as Record<string, string>);
    const referenced = await collectReferenced(workspace, configs, { huggingFaceHub: false, formats: [] });
    expect(referenced.filter(({ content }) => 'unreadable' in content).length).toBeGreaterThanOrEqual(100);
  });
});
