import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aDelivery, examplesOf } from '../../../test/support/a-delivery.ts';
import { appId, subjectsOf, whyIgnored } from '../../../test/support/jobs-of-a-delivery.ts';
import { jobsOf, servedEvents } from './jobs-of.ts';
import { Subject } from './subject.ts';

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
    expect(whyIgnored('installation', 'deleted')).toContain('deleted');
    expect(whyIgnored('installation', 'suspend')).toContain('suspend');
  });

  test('installation_repositories added looks at each, by a job with an id of its own', () => {
    const added = ['acme/a', 'acme/b'].map((full_name) => ({ full_name }));
    const { jobs } = jobsOf(aDelivery('installation_repositories', 'added', { repositories_added: added }), appId);
    expect(jobs.map(({ key }) => key)).toEqual(['acme/a', 'acme/b']);
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(2);
    expect(whyIgnored('installation_repositories', 'removed')).toContain('no repository');
  });

  test.each(['renamed', 'transferred', 'unarchived'])('repository %s looks at its pull requests', (action) => {
    expect(subjectsOf('repository', action)).toMatchObject([{ kind: 'repository' }]);
  });

  test('another default branch has all pull requests looked at, another description has not', () => {
    const changes = { default_branch: { from: 'main' } };
    expect(subjectsOf('repository', 'edited', { changes })).toMatchObject([{ kind: 'repository' }]);
    expect(whyIgnored('repository', 'edited', { changes: { description: { from: 'old' } } })).toContain('"edited"');
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
    expect(whyIgnored('pull_request', 'teleported')).toBe('the action "teleported" is not used');
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
