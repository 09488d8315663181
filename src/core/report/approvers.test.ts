import { expect, test } from 'vitest';
import { describeApprovers } from './approvers.ts';

const code = (text: string) => `\`${text}\``;

test.each([
  [{ users: [], teams: [], roles: ['admin', 'maintain'] }, 'anyone with the role `admin` or `maintain`'],
  [{ users: ['alice'], teams: ['acme/leads'], roles: [] }, '`alice` or a member of `acme/leads`'],
  [{ users: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], teams: [], roles: [] }, '`a`, `b`, `c`, `d`, `e`, or 2 others'],
  [{ users: [], teams: [], roles: [] }, 'nobody: the policy names no approvers'],
])('%j may approve: %s', (approvers, words) => {
  expect(describeApprovers({ ...approvers, count: 1 }, code)).toBe(words);
});
