import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aDelivery, examplesOf } from '../../../test/support/a-delivery.ts';
import { commentMarker } from '../../core/report/outputs/markdown/markdown.ts';
import { encodeExternalId } from '../../github/checks/external-id.ts';
import { jobsOf, servedEvents } from './jobs-of.ts';
import { Subject } from './subject.ts';

const appId = 77;
const sha = 'f'.repeat(40);
const subjectsOf = (...delivery: Parameters<typeof aDelivery>) => {
  return jobsOf(aDelivery(...delivery), appId).jobs.map(({ data }) => Subject.parse(data));
};
const ignored = (...delivery: Parameters<typeof aDelivery>) => jobsOf(aDelivery(...delivery), appId).ignored;

describe('payloads as GitHub publishes them', () => {
  const all = servedEvents.flatMap((name) =>
    examplesOf(name).map((payload, index) => ({ name, index, action: payload.action ?? '', payload })),
  );

  test.each(all)('$name $action, example $index: jobs that can be read again, or a reason', ({ name, payload }) => {
    const delivery = { ...aDelivery(name, null), payload: { installation: { id: 5 }, ...payload } };
    const { jobs, ignored } = jobsOf(delivery, appId);
    expect(jobs.length === 0).toBe(ignored !== null);
    expect(ignored ?? '').not.toContain('not as GitHub documents it');
    for (const { data } of jobs) expect(Subject.parse(JSON.parse(JSON.stringify(data)))).toEqual(data);
  });

  test.each([
    ['pull_request', 'opened'],
    ['pull_request', 'synchronize'],
    ['pull_request', 'ready_for_review'],
    ['pull_request', 'converted_to_draft'],
    ['pull_request', 'closed'],
    ['pull_request_review', 'dismissed'],
  ])('%s %s looks at the pull request', (event, action) => {
    expect(subjectsOf(event, action)).toMatchObject([{ kind: 'pull-request', installationId: 5, again: false }]);
    const [job] = jobsOf(aDelivery(event, action), appId).jobs;
    expect(job).toMatchObject({ id: aDelivery(event, action).id, urgency: 'now' });
    expect(job?.key).toMatch(/^Codertocat\/Hello-World#\d+$/);
  });

  test('pull_request reopened looks at it anew: what its check says may be of another time', () => {
    expect(subjectsOf('pull_request', 'reopened')).toMatchObject([{ kind: 'pull-request', again: true }]);
  });

  test('pull_request synchronize says who pushed what, unless that is a bot', () => {
    const { before, after, sender } = aDelivery('pull_request', 'synchronize').payload as Record<string, string>;
    const { login } = sender as unknown as { login: string };
    expect(subjectsOf('pull_request', 'synchronize')).toMatchObject([{ push: { by: login, before, after } }]);
    const bot = { sender: { login: 'renovate[bot]', type: 'Bot' } };
    const [job] = jobsOf(aDelivery('pull_request', 'synchronize', bot), appId).jobs;
    expect(job?.data).not.toHaveProperty('push');
  });

  test.each([
    ['member', 'removed', { kind: 'repository' }],
    ['membership', 'removed', { kind: 'approvals', installationId: 5 }],
    ['team', 'deleted', { kind: 'approvals', installationId: 5 }],
  ])('%s %s has approvals counted again', (event, action, subject) => {
    expect(subjectsOf(event, action)).toMatchObject([subject]);
  });

  test('merge_group checks_requested looks at the group', () => {
    expect(subjectsOf('merge_group', 'checks_requested')).toMatchObject([
      {
        kind: 'merge-group',
        group: {
          baseRef: 'main',
          baseSha: '380387fbc80638b734a49e1be1c4dfec1c01b33c',
          headRef: 'gh-readonly-queue/main/pr-104-929f8209d40f77f4abc622a499c93a83babdbe64',
        },
      },
    ]);
  });

  test('installation created looks at all repositories, in the background', () => {
    expect(jobsOf(aDelivery('installation', 'created'), appId).jobs).toMatchObject([
      { key: 'installation:5', urgency: 'background', data: { kind: 'installation', installationId: 5 } },
    ]);
    expect(ignored('installation', 'deleted')).toContain('deleted');
    expect(ignored('installation', 'suspend')).toContain('suspend');
  });

  test('installation_repositories added looks at each, by a job with an id of its own', () => {
    const added = ['acme/a', 'acme/b'].map((full_name) => ({ full_name }));
    const { jobs } = jobsOf(aDelivery('installation_repositories', 'added', { repositories_added: added }), appId);
    expect(jobs.map(({ key }) => key)).toEqual(['acme/a', 'acme/b']);
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(2);
    expect(ignored('installation_repositories', 'removed')).toContain('no repository');
  });

  test.each(['renamed', 'transferred', 'unarchived'])('repository %s looks at its pull requests', (action) => {
    expect(subjectsOf('repository', action)).toMatchObject([{ kind: 'repository' }]);
  });

  test('another default branch has all pull requests looked at, another description has not', () => {
    const changes = { default_branch: { from: 'main' } };
    expect(subjectsOf('repository', 'edited', { changes })).toMatchObject([{ kind: 'repository' }]);
    expect(ignored('repository', 'edited', { changes: { description: { from: 'old' } } })).toContain('"edited"');
  });
});

describe('pull requests', () => {
  test('another base is looked at, another title is not', () => {
    expect(subjectsOf('pull_request', 'edited', { changes: { base: { ref: { from: 'main' } } } })).toHaveLength(1);
    expect(ignored('pull_request', 'edited', { changes: { title: { from: 'old' } } })).toBe('edited, but not its base');
  });

  test.each([
    ['submitted', 'approved', 1],
    ['submitted', 'changes_requested', 1],
    ['edited', 'approved', 1],
    ['submitted', 'commented', 0],
  ])('a review that is %s as %s makes %i jobs', (action, state, count) => {
    expect(subjectsOf('pull_request_review', action, { review: { state } })).toHaveLength(count);
  });
});

describe('comments', () => {
  const comment = (body: string, more = {}) => ({
    issue: { number: 12, pull_request: {} },
    comment: { body, user: { login: 'alice', type: 'User' } },
    changes: {},
    sender: { login: 'alice', type: 'User' },
    ...more,
  });
  const ours = (body: string, sender: string) =>
    comment(body, {
      comment: { body, user: { login: 'scalegate[bot]', type: 'Bot' }, performed_via_github_app: { id: appId } },
      sender: { login: sender },
    });

  test.each(['/scalegate approve K7Q2M9XA', 'Fine.\n/scalegate recheck\nThanks', '> quoted\r\n/scalegate help'])(
    'with a command at the start of a line ask to look: %j',
    (body) => {
      expect(subjectsOf('issue_comment', 'created', comment(body))).toMatchObject([{ number: 12, again: false }]);
    },
  );

  test.each(['Looks good', 'type /scalegate approve to approve', '> /scalegate approve X', '/scalegated', ''])(
    'without one ask for nothing: %j',
    (body) => {
      expect(ignored('issue_comment', 'created', comment(body))).toBe('a comment without a command');
    },
  );

  test('that had a command before the edit, or when they were deleted, ask to look', () => {
    const edited = { ...comment('never mind'), changes: { body: { from: '/scalegate approve K7Q2M9XA' } } };
    expect(subjectsOf('issue_comment', 'edited', edited)).toHaveLength(1);
    expect(subjectsOf('issue_comment', 'deleted', comment('/scalegate approve K7Q2M9XA'))).toHaveLength(1);
  });

  test('on an issue ask for nothing', () => {
    const onIssue = { ...comment('/scalegate help'), issue: { number: 12, pull_request: undefined } };
    expect(ignored('issue_comment', 'created', onIssue)).toBe('a comment on an issue');
  });

  test.each(['created', 'edited', 'deleted'])('of our own, %s by us, ask for nothing, whatever they say', (action) => {
    const body = `${commentMarker}\n/scalegate approve K7Q2M9XA`;
    expect(ignored('issue_comment', action, ours(body, 'scalegate[bot]'))).toBe('our own comment');
  });

  test.each(['edited', 'deleted'])('of our own, %s by somebody else, ask to look', (action) => {
    expect(subjectsOf('issue_comment', action, ours('anything', 'mallory'))).toHaveLength(1);
  });

  test('of our own are known by marker and kind of author where GitHub names no app', () => {
    const unnamed = comment(`${commentMarker}\n/scalegate approve X`, {
      comment: { body: `${commentMarker}\n/scalegate approve X`, user: { login: 'scalegate[bot]', type: 'Bot' } },
      sender: { login: 'scalegate[bot]' },
    });
    expect(ignored('issue_comment', 'created', unnamed)).toBe('our own comment');
  });
});

describe('check runs', () => {
  const externalId = encodeExternalId({ pullRequest: 12, headSha: sha, code: 'K7Q2M9XA', basis: null });
  const startedAt = '2026-11-27T10:59:00Z';
  const completedAt = '2026-11-27T11:00:00Z';
  const run = (more = {}) => ({
    check_run: {
      id: 9,
      head_sha: sha,
      external_id: externalId,
      started_at: startedAt,
      completed_at: completedAt,
      app: { id: appId },
      ...more,
    },
  });
  const pressed = (identifier: string, more = {}) => ({
    ...run(more),
    requested_action: { identifier },
    sender: { login: 'lead', type: 'User' },
  });

  test('that are run again ask for a fresh one', () => {
    expect(subjectsOf('check_run', 'rerequested', run())).toMatchObject([{ number: 12, again: true }]);
  });

  test('carry who pressed the button, on what', () => {
    expect(subjectsOf('check_run', 'requested_action', pressed('approve'))).toMatchObject([
      {
        number: 12,
        again: false,
        press: {
          id: `click ${aDelivery('check_run', null).id}`,
          by: 'lead',
          isBot: false,
          how: 'button',
          at: '2026-11-27T12:00:00.000Z',
          shownAt: completedAt,
          commit: sha,
          code: 'K7Q2M9XA',
          ignoredBecause: 'has not been judged yet',
        },
      },
    ]);
    expect(subjectsOf('check_run', 'requested_action', pressed('recheck'))).toMatchObject([{ again: true }]);
    expect(ignored('check_run', 'requested_action', pressed('rm -rf'))).toContain('a button that');
    const open = pressed('approve', { completed_at: null });
    expect(subjectsOf('check_run', 'requested_action', open)).toMatchObject([{ press: { shownAt: startedAt } }]);
  });

  test('of another app, of another commit than they name, or created and completed ask for nothing', () => {
    expect(ignored('check_run', 'rerequested', run({ app: { id: 1 } }))).toBe('a check run of another app');
    expect(ignored('check_run', 'rerequested', run({ head_sha: 'e'.repeat(40) }))).toContain('another commit');
    expect(ignored('check_run', 'rerequested', run({ external_id: 'x' }))).toContain('without an external_id');
    expect(ignored('check_run', 'created', run())).toContain('"created"');
    expect(ignored('check_run', 'completed', run())).toContain('"completed"');
  });

  test('of a merge group look at the group again', () => {
    const group = run({
      external_id: encodeExternalId({ pullRequest: null, headSha: sha, code: null, basis: null }),
      check_suite: { head_branch: `gh-readonly-queue/release/2.x/pr-104-${sha}` },
    });
    expect(subjectsOf('check_run', 'rerequested', group)).toMatchObject([
      { kind: 'merge-group', group: { baseSha: null, baseRef: 'release/2.x', headSha: sha } },
    ]);
  });

  test('suites of ours that are run again are looked at, others and new ones are not', () => {
    const suite = (id: number) => ({ check_suite: { head_sha: sha, head_branch: 'main', app: { id } } });
    expect(subjectsOf('check_suite', 'rerequested', suite(appId))).toMatchObject([
      { kind: 'commit', sha, branch: 'main' },
    ]);
    expect(ignored('check_suite', 'rerequested', suite(1))).toBe('a check suite of another app');
    expect(ignored('check_suite', 'requested', suite(appId))).toContain('"requested"');
  });
});

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
    expect(ignored('push', null, push(more))).toContain(reason);
  });
});

describe('what is not known', () => {
  test.each(['star', 'workflow_run', 'constructor', '__proto__', 'tomorrow_event'])(
    'the event %s is ignored',
    (name) => {
      expect(jobsOf({ ...aDelivery('push', null), name }, appId)).toEqual({
        jobs: [],
        ignored: 'the event is not used',
      });
    },
  );

  test('an action that GitHub adds tomorrow is ignored by name', () => {
    expect(ignored('pull_request', 'teleported')).toBe('the action "teleported" is not used');
  });

  test('a webhook of a repository, which no installation stands behind, is ignored', () => {
    const delivery = aDelivery('pull_request', 'opened', { installation: undefined });
    expect(jobsOf(delivery, appId).ignored).toBe('not as GitHub documents it: installation');
  });

  test('a reason names keys, never values', () => {
    const delivery = aDelivery('pull_request', 'opened', { pull_request: { number: 'ghs_secret' } });
    expect(jobsOf(delivery, appId).ignored).toBe('not as GitHub documents it: pull_request.number');
  });

  test('no payload at all makes it throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...servedEvents), fc.jsonValue(), (name, payload) => {
        const { jobs, ignored } = jobsOf({ id: 'x', name, payload, receivedAt: '' }, appId);
        expect(jobs.length === 0).toBe(ignored !== null);
      }),
    );
  });
});
