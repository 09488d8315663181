import { describe, expect, test } from 'vitest';
import { subjectsOf, whyIgnored } from '../../../test/support/jobs-of-a-delivery.ts';

describe('pushes', () => {
  const push = (more = {}) => ({ ref: 'refs/heads/main', created: false, deleted: false, forced: false, ...more });

  test('to a branch are held against what the branch was', () => {
    expect(subjectsOf('push', null, push({ before: 'a', after: 'b' }))).toMatchObject([
      { kind: 'branch', branch: 'main', before: 'a', after: 'b', forced: false },
    ]);
  });

  test.each([
    [{ ref: 'refs/tags/v1' }, 'a push to a tag'],
    [{ ref: 'refs/heads/gh-readonly-queue/main/pr-1-abc' }, 'merge queue'],
    [{ created: true }, 'created or deleted'],
    [{ deleted: true }, 'created or deleted'],
  ])('%j ask for nothing', (more, reason) => {
    expect(whyIgnored('push', null, push(more))).toContain(reason);
  });
});
