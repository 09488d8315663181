import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countApprovals, type ApprovalScope, type Approvers, type Ballot } from './approval.ts';

const item = { rule: 'scale-jump', path: 'a.yaml', scale: 'XL', parameters: 3e9, memoryBytes: 80e9, costUsd: 30_000 };
const current: ApprovalScope = { guards: 'plan 1', items: [item] };
const approvers: Approvers = { users: ['Ada'], teams: ['acme/ml-leads'], roles: ['admin', 'maintain'], count: 1 };
const contributors = { logins: ['grace'], complete: true };

function ballot(parts: Partial<Ballot> = {}): Ballot {
  const teams = { 'acme/ml-leads': false };
  return { login: 'ada', isBot: false, how: 'review', roleName: 'write', teams, scope: current, ...parts };
}

function count(ballots: readonly Ballot[], parts: Partial<typeof contributors & Approvers> = {}) {
  return countApprovals(ballots, { ...approvers, ...parts }, { ...contributors, ...parts }, current);
}

describe('counts', () => {
  test.each([
    { what: 'a user of the policy, whatever the case of the login', parts: { login: 'aDA' } },
    { what: 'a member of a team', parts: { login: 'kim', teams: { 'acme/ml-leads': true } } },
    { what: 'a role', parts: { login: 'kim', roleName: 'maintain' } },
    { what: 'a user whose role and team could not be read', parts: { roleName: null, teams: {} } },
    {
      what: 'an approval of more than what waits now',
      parts: { scope: { ...current, items: [{ ...item, costUsd: 1e6 }] } },
    },
  ])('$what', ({ parts }) => {
    const { needed, given, ignored } = count([ballot(parts)]);
    expect({ needed, given: given.length, ignored }).toEqual({ needed: 1, given: 1, ignored: [] });
  });

  test('a person once, however often and in whatever spelling', () => {
    const { given, ignored } = count([ballot(), ballot({ login: 'ADA', how: 'command' })], { count: 2 });
    expect(given).toEqual([{ by: 'ada', how: 'review' }]);
    expect(ignored).toEqual([]);
  });

  test('a later approval of somebody whose earlier one is out of date', () => {
    const { given, ignored } = count([ballot({ scope: null }), ballot()]);
    expect(given).toHaveLength(1);
    expect(ignored).toEqual([]);
  });
});

describe('ignores, and says why', () => {
  const hidden = {
    login: 'kim',
    teams: { 'acme/ml-leads': null },
  };
  test.each([
    { parts: { isBot: true }, reason: 'is a bot, and bots never approve' },
    { parts: { login: 'Grace', roleName: 'admin' }, reason: 'took part in the change' },
    { parts: { login: 'kim' }, reason: 'has the role write; the policy asks for admin or maintain' },
    { parts: { login: 'kim', roleName: null }, reason: 'has a role in this repository that the token could not read' },
    {
      parts: hidden,
      reason:
        'can\'t be looked up in acme/ml-leads: the token needs the organization permission "Members: read" and sight of the team',
    },
    { parts: { scope: null }, reason: 'approved a commit that could not be evaluated; approve again' },
    {
      parts: { scope: { ...current, items: [{ ...item, parameters: 1e9 }] } },
      reason: 'approved an earlier state (scale-jump of a.yaml has changed in parameters); approve again',
    },
    {
      parts: { scope: { ...current, guards: 'plan 0' } },
      reason: 'approved an earlier state (the plan or the policy has changed since); approve again',
    },
  ])('$reason', ({ parts, reason }) => {
    const one = ballot(parts);
    expect(count([one])).toEqual({ needed: 1, given: [], ignored: [{ by: one.login, reason }] });
  });

  test('anybody, when not everybody who took part is known', () => {
    const { given, ignored } = count([ballot()], { complete: false });
    expect(given).toEqual([]);
    expect(ignored[0]!.reason).toMatch(/^may have taken part in the change/);
  });

  test('a team that was not asked about at all', () => {
    expect(count([ballot({ login: 'kim', teams: {} })]).given).toEqual([]);
  });

  test('somebody whom a policy without roles does not name', () => {
    const { ignored } = count([ballot({ login: 'kim', roleName: 'admin' })], { roles: [] });
    expect(ignored).toEqual([{ by: 'kim', reason: 'is not among the approvers of the policy' }]);
  });
});

test('nothing is needed, and nobody named, where nothing waits', () => {
  const nothing = { guards: 'plan 1', items: [] };
  expect(countApprovals([ballot(), ballot({ isBot: true })], approvers, contributors, nothing)).toEqual({
    needed: 0,
    given: [],
    ignored: [],
  });
});

const anyBallot = fc.record({
  login: fc.constantFrom('ada', 'Ada', 'grace', 'GRACE', 'kim', 'lee'),
  isBot: fc.boolean(),
  how: fc.constantFrom('review', 'command'),
  roleName: fc.constantFrom('admin', 'write', null),
  teams: fc.constantFrom({}, { 'acme/ml-leads': true }, { 'acme/ml-leads': null }),
  scope: fc.constantFrom(current, { ...current, guards: 'plan 0' }, null),
});

test('neither bots nor people who took part are ever counted, and nobody twice', () => {
  fc.assert(
    fc.property(fc.array(anyBallot), (ballots) => {
      const { given, ignored } = count(ballots);
      const people = [...given, ...ignored].map(({ by }) => by.toLowerCase());
      expect(new Set(people).size).toBe(people.length);
      expect(new Set(people)).toEqual(new Set(ballots.map(({ login }) => login.toLowerCase())));
      expect(given.map(({ by }) => by.toLowerCase())).not.toContain('grace');
      for (const { by } of given) expect(ballots.some(({ login, isBot }) => login === by && !isBot)).toBe(true);
    }),
  );
});
