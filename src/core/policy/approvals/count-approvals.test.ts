import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approvalsOf, aRequirement, aSlot, type LookedUp } from '../../../../test/support/an-approval.ts';
import type { Owners } from '../codeowners.ts';
import type { ApproverSlot } from '../policy.ts';
import { countApprovals, isApprovedBy } from './count-approvals.ts';
import { openingName, type ApprovalPolicy } from './opening.ts';
import type { ApprovalScope } from './request.ts';
import type { ApprovalRequirement } from './requirement.ts';

const item = {
  rule: 'scale-jump',
  path: 'a.yaml',
  scale: 'XL',
  parameters: 3e9,
  memoryBytes: 80e9,
  costUsd: 30_000,
  gpuHours: 3000,
  tokens: 6e11,
  gpus: 64,
};
const current: ApprovalScope = { guards: 'plan 1', items: [item] };
const slot = aSlot({ users: ['Ada'], teams: ['acme/ml-leads'], roles: ['admin', 'maintain'] });
const contributors = { logins: ['grace'], unlinked: [] as string[], complete: true };

function policy(approvers: readonly ApproverSlot[]): ApprovalPolicy {
  return { requirements: [aRequirement(approvers)], unlinkedAuthors: 'add-approval' };
}

function approval(parts: LookedUp = {}): LookedUp {
  return { by: 'ada', roleName: 'write', teams: { 'acme/ml-leads': false }, scope: current, ...parts };
}

function count(approvals: readonly LookedUp[], parts: Partial<typeof contributors & ApproverSlot> = {}) {
  return countApprovals(
    approvalsOf(approvals, { ...contributors, ...parts }),
    policy([{ ...slot, ...parts }]),
    current,
  );
}

/** Who counts, and whose approval does not, with the reason. */
function outcome(approvals: readonly LookedUp[], parts: Parameters<typeof count>[1] = {}) {
  const { given, ignored } = count(approvals, parts);
  return {
    given: given.map(({ by }) => by),
    ignored: ignored.map(({ by, ignoredBecause }) => `${by} ${ignoredBecause}`),
  };
}

describe('counts', () => {
  test.each([
    { what: 'a user of the policy, whatever the case of the login', parts: { by: 'aDA' } },
    { what: 'a member of a team', parts: { by: 'kim', teams: { 'acme/ml-leads': true } } },
    { what: 'a role', parts: { by: 'kim', roleName: 'maintain' } },
    { what: 'a user whose role and team could not be read', parts: { roleName: null, teams: {} } },
    {
      what: 'an approval of more than what waits now',
      parts: { scope: { ...current, items: [{ ...item, costUsd: 1e6 }] } },
    },
  ])('$what', ({ parts }) => {
    const { needed, given, ignored } = count([approval(parts)]);
    expect({ needed, given: given.length, ignored }).toEqual({ needed: 1, given: 1, ignored: [] });
  });

  test('a person once, however often and in whatever spelling', () => {
    const { given, ignored } = count([approval(), approval({ by: 'ADA', how: 'command' })], { count: 2 });
    expect(given).toMatchObject([{ by: 'ada', how: 'review' }]);
    expect(ignored).toEqual([]);
  });

  test('a later approval of somebody whose earlier one is out of date', () => {
    const { given, ignored } = count([approval({ scope: null }), approval()]);
    expect(given).toHaveLength(1);
    expect(ignored).toEqual([]);
  });
});

describe('ignores, and says why', () => {
  const hidden = {
    by: 'kim',
    teams: { 'acme/ml-leads': null },
  };
  test.each([
    { parts: { isBot: true }, reason: 'is a bot, and bots never approve' },
    { parts: { by: 'Grace', roleName: 'admin' }, reason: 'took part in the change' },
    { parts: { by: 'kim' }, reason: 'has the role write; the policy asks for admin or maintain' },
    { parts: { by: 'kim', roleName: null }, reason: 'has a role in this repository that the token could not read' },
    {
      parts: hidden,
      reason:
        'can\'t be looked up in acme/ml-leads: the token needs the organization permission "Members: read" and must be able to see the team',
    },
    { parts: { scope: null }, reason: 'approved a commit that could not be evaluated; approve again' },
    {
      parts: { scope: { ...current, items: [{ ...item, parameters: 1e9 }] } },
      reason: 'approved an earlier state (scale-jump of a.yaml has changed in parameters); approve again',
    },
    { parts: { ignoredBecause: 'wrote it in an edited comment' }, reason: 'wrote it in an edited comment' },
    {
      parts: { ignoredBecause: 'wrote it in an edited comment', isBot: true },
      reason: 'is a bot, and bots never approve',
    },
    {
      parts: { scope: { ...current, guards: 'plan 0' } },
      reason: 'approved an earlier state (the plan or the policy has changed since); approve again',
    },
  ])('$reason', ({ parts, reason }) => {
    const one = approval(parts);
    expect(outcome([one])).toEqual({ given: [], ignored: [`${one.by} ${reason}`] });
  });

  test('anybody, when not everybody who took part is known', () => {
    const { given, ignored } = count([approval()], { complete: false });
    expect(given).toEqual([]);
    expect(ignored[0]!.ignoredBecause).toMatch(/^may have taken part in the change/);
  });

  test('a team that was not asked about at all', () => {
    expect(count([approval({ by: 'kim', teams: {} })]).given).toEqual([]);
  });

  test('somebody whom a policy without roles does not name', () => {
    expect(outcome([approval({ by: 'kim', roleName: 'admin' })], { roles: [] })).toEqual({
      given: [],
      ignored: ['kim is not among the approvers of the policy'],
    });
  });
});

test('nothing is needed, and nobody named, where nothing waits', () => {
  const nothing = { guards: 'plan 1', items: [] };
  const { needed, given, ignored, open } = countApprovals(approvalsOf([approval()]), policy([slot]), nothing);
  expect({ needed, given, ignored, open }).toEqual({ needed: 0, given: [], ignored: [], open: [] });
});

describe('where GitHub knows no account of an author', () => {
  test('it takes one approver more, since one of them may be that author', () => {
    const one = count([approval()], { unlinked: ['eve@example.com'] });
    expect(isApprovedBy(one)).toBe(false);
    expect(one).toMatchObject({
      needed: 2,
      unlinked: ['eve@example.com'],
      given: [{ by: 'ada' }],
      open: [{ missing: 1 }],
    });
    expect(
      isApprovedBy(count([approval(), approval({ by: 'kim', roleName: 'admin' })], { unlinked: ['eve@example.com'] })),
    ).toBe(true);
  });
});

test('what nobody is left to give is known, unless a team or a role may', () => {
  const asks = { unlinked: ['eve@example.com'], teams: [], roles: [] };
  expect(count([approval()], asks).open).toMatchObject([{ missing: 1, mostPeople: 1 }]);
  expect(count([], { ...asks, unlinked: [], logins: ['ada'] }).open).toMatchObject([{ missing: 1, mostPeople: 0 }]);
  const ignoring = { ...policy([{ ...slot, ...asks }]), unlinkedAuthors: 'ignore' } as const;
  expect(isApprovedBy(countApprovals(approvalsOf([approval()], { ...contributors, ...asks }), ignoring, current))).toBe(
    true,
  );
});

describe('slots', () => {
  const infra = aSlot({ name: 'infra', users: ['ada', 'kim'] });
  const budget = aSlot({ name: 'budget', users: ['ada'] });
  const by = (...logins: string[]) => logins.map((login) => approval({ by: login }));
  const fill = (approvals: readonly LookedUp[], slots = [infra, budget], owners: readonly Owners[] | null = null) =>
    countApprovals(
      approvalsOf(approvals, contributors),
      { ...policy([]), requirements: [aRequirement(slots, { owners })] },
      current,
    );

  test('are filled by one person each', () => {
    expect(fill(by('ada'))).toMatchObject({ needed: 2, open: [{ missing: 1 }] });
    expect(isApprovedBy(fill(by('ada')))).toBe(false);
  });

  test.each([{ order: ['ada', 'kim'] }, { order: ['kim', 'ada'] }])(
    'are filled as far as they go, whoever came first: $order',
    ({ order }) => {
      const state = fill(by(...order));
      expect(state.open).toEqual([]);
      expect(Object.fromEntries(state.given.map(({ by: login, slot: name }) => [login, name]))).toEqual({
        ada: 'budget',
        kim: 'infra',
      });
    },
  );

  test('say which of them is open, and who may fill it', () => {
    expect(fill(by('kim')).open).toEqual([
      { slot: budget, needed: 1, files: null, owners: null, missing: 1, mostPeople: null },
    ]);
  });

  test('are not filled by two people of the wrong one', () => {
    const people = [aSlot({ name: 'infra', users: ['kim', 'lee'] }), budget];
    expect(isApprovedBy(fill(by('kim', 'lee'), people))).toBe(false);
  });

  const owned = (path: string, ...users: string[]): Owners => ({ paths: [path], users, teams: [], emails: [] });
  const owners = aSlot({ name: null, codeowners: true });

  test('of code owners take an owner of each config; one person may own several', () => {
    const groups = [owned('a.yaml', 'ada'), owned('b.yaml', 'ada', 'kim')];
    const writer = { canWrite: true };
    expect(isApprovedBy(fill([approval({ by: 'kim', ...writer })], [owners], groups))).toBe(false);
    expect(isApprovedBy(fill([approval({ by: 'ada', ...writer })], [owners], groups))).toBe(true);
  });

  test.each([
    { canWrite: false, reason: /lacks write access/ },
    { canWrite: null, reason: /the token could not read/ },
  ])('do not take an owner whose write access is $canWrite', ({ canWrite, reason }) => {
    const { given, ignored } = fill([approval({ canWrite })], [owners], [owned('a.yaml', 'ada')]);
    expect(given).toEqual([]);
    expect(ignored[0]!.ignoredBecause).toMatch(reason);
  });

  test('of code owners take nobody where nobody owns the config, or nobody has looked', () => {
    const ada = [approval({ canWrite: true, roleName: 'admin' })];
    expect(isApprovedBy(fill(ada, [owners], [owned('a.yaml')]))).toBe(false);
    expect(isApprovedBy(fill(ada, [owners], null))).toBe(false);
  });

  test('say that an owner known by an address only can be nobody', () => {
    const group = { ...owned('a.yaml'), emails: ['ada@acme.example'] };
    expect(fill([approval({ canWrite: true })], [owners], [group]).ignored[0]!.ignoredBecause).toContain(
      'ada@acme.example',
    );
  });
});

describe('of several requirements', () => {
  const vision = aRequirement([aSlot({ users: ['ada'] })], { files: ['vision/**'] });
  const speech = aRequirement([aSlot({ users: ['ada', 'kim'] })], { files: ['speech/**', 'audio/**'] });
  const rest = aRequirement([aSlot({ users: ['lee'] })]);
  const among = (requirements: readonly ApprovalRequirement[], ...logins: string[]) =>
    countApprovals(
      approvalsOf(logins.map((login) => approval({ by: login }))),
      { requirements, unlinkedAuthors: 'add-approval' },
      current,
    );

  test('each has to approve, and none approves for another', () => {
    expect(isApprovedBy(among([vision, rest], 'ada'))).toBe(false);
    expect(isApprovedBy(among([vision, rest], 'lee'))).toBe(false);
    expect(isApprovedBy(among([vision, rest], 'lee', 'kim'))).toBe(false);
    expect(isApprovedBy(among([vision, rest], 'lee', 'ada'))).toBe(true);
  });

  test('one person speaks in all that name them', () => {
    const state = among([vision, speech], 'ada');
    expect(isApprovedBy(state)).toBe(true);
    expect(state.given).toMatchObject([{ by: 'ada', slot: 'vision/**, speech/** and 1 more' }]);
  });

  test('where there are none, what waits is never approved', () => {
    expect(isApprovedBy(among([], 'ada', 'lee'))).toBe(false);
  });

  test('each has its own openings, under the name of its files', () => {
    const { needed, open } = among([vision, rest], 'ada');
    expect(needed).toBe(2);
    expect(open.map(openingName)).toEqual([null]);
    expect(among([vision, rest], 'lee').open.map(openingName)).toEqual(['vision/**']);
  });
});

const anyApproval = fc.record({
  by: fc.constantFrom('ada', 'Ada', 'grace', 'GRACE', 'kim', 'lee'),
  isBot: fc.boolean(),
  how: fc.constantFrom('review' as const, 'command' as const),
  roleName: fc.constantFrom('admin', 'write', null),
  teams: fc.constantFrom({}, { 'acme/ml-leads': true }, { 'acme/ml-leads': null }),
  scope: fc.constantFrom(current, { ...current, guards: 'plan 0' }, null),
});

test('neither bots nor people who took part are ever counted, and nobody twice', () => {
  fc.assert(
    fc.property(fc.array(anyApproval), (parts) => {
      const approvals = parts.map(approval);
      const { given, ignored } = count(approvals);
      const people = [...given, ...ignored].map(({ by }) => by.toLowerCase());
      expect(new Set(people).size).toBe(people.length);
      expect(new Set(people)).toEqual(new Set(approvals.map((one) => one.by!.toLowerCase())));
      expect(given.map(({ by }) => by.toLowerCase())).not.toContain('grace');
      for (const { by } of given) expect(approvals.some((one) => one.by === by && !one.isBot)).toBe(true);
    }),
  );
});
