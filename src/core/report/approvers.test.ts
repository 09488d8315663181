import { expect, test } from 'vitest';
import { aSlot } from '../../../test/support/an-approval.ts';
import { describeApprovers } from './approvers.ts';

const code = (text: string) => `\`${text}\``;

test.each([
  [{ users: [], teams: [], roles: ['admin', 'maintain'] }, 'anyone with the role `admin` or `maintain`'],
  [{ users: ['alice'], teams: ['acme/leads'], roles: [] }, '`alice` or a member of `acme/leads`'],
  [{ users: ['a', 'b', 'c', 'd', 'e', 'f', 'g'], teams: [], roles: [] }, '`a`, `b`, `c`, `d`, `e`, or 2 others'],
  [{ users: [], teams: [], roles: [] }, 'nobody: the policy names no approvers'],
])('%j may approve: %s', (approvers, words) => {
  expect(describeApprovers({ slot: aSlot(approvers), needed: 1, files: null, owners: null }, code)).toBe(words);
});

const owners = { paths: ['a.yaml'], users: ['ann'], teams: ['acme/ml'], emails: ['eve@acme.example'] };

test.each([
  [
    owners,
    'an owner of `a.yaml`: `ann`, a member of `acme/ml`, or `eve@acme.example` (an email address, not linked to an account)',
  ],
  [
    { ...owners, users: [], teams: [], emails: [] },
    'nobody: `a.yaml` has no code owner, and the policy names no one else',
  ],
  [{ paths: [], users: [], teams: [], emails: [] }, 'a code owner of what waits'],
])('the code owners %j may approve: %s', (owned, words) => {
  expect(describeApprovers({ slot: aSlot({ codeowners: true }), needed: 1, files: null, owners: owned }, code)).toBe(
    words,
  );
});
