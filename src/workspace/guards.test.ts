import { describe, expect, test } from 'vitest';
import { findGuards } from './guards.ts';
import { inMemoryWorkspace } from './in-memory.ts';
import type { Workspace } from './workspace.ts';

/** A workspace that counts how often it is read. */
function counted(workspace: Workspace): Workspace & { reads: number } {
  const counting = {
    ...workspace,
    reads: 0,
    read: (paths: readonly string[]) => {
      counting.reads += 1;
      return workspace.read(paths);
    },
  };
  return counting;
}

describe('policy and plan', () => {
  test('are found in the usual places in one read', async () => {
    const workspace = counted(
      inMemoryWorkspace({ '.github/scalegate.yml': 'scalegate_policy: 1\n', 'docs/scaling-plan.md': '# Plan\n' }),
    );
    const guards = await findGuards(workspace);
    expect(guards.policyFile?.path).toBe('.github/scalegate.yml');
    expect(guards.planFiles).toEqual([{ path: 'docs/scaling-plan.md', content: { text: '# Plan\n' } }]);
    expect(workspace.reads).toBe(1);
  });

  test('may both be missing: the defaults hold', async () => {
    const guards = await findGuards(inMemoryWorkspace({ 'readme.md': '' }));
    expect(guards).toMatchObject({ policyFile: null, planFiles: [], policy: { path: null } });
  });

  test('the plan is where the policy says, not in a usual place', async () => {
    const guards = await findGuards(
      inMemoryWorkspace({
        '.github/scalegate.yml': 'scalegate_policy: 1\nplan: team/ladder.md\n',
        'team/ladder.md': '# Ours\n',
        'docs/scaling-plan.md': '# Other\n',
      }),
    );
    expect(guards.planFiles.map(({ path }) => path)).toEqual(['team/ladder.md']);
  });

  test('a plan that the policy names and that does not exist is unreadable, not absent', async () => {
    const guards = await findGuards(
      inMemoryWorkspace({ '.github/scalegate.yml': 'scalegate_policy: 1\nplan: gone.md\n' }),
    );
    expect(guards.planFiles).toEqual([{ path: 'gone.md', content: { unreadable: 'does not exist' } }]);
  });

  test('a policy that was asked for by path and does not exist is unreadable, not absent', async () => {
    const guards = await findGuards(
      inMemoryWorkspace({ '.github/scalegate.yml': 'scalegate_policy: 1\n' }),
      'other.yml',
    );
    expect(guards.policyFile).toEqual({ path: 'other.yml', content: { unreadable: 'does not exist' } });
  });
});
