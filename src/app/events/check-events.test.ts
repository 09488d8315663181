import { describe, expect, test } from 'vitest';
import { aDelivery } from '../../../test/support/a-delivery.ts';
import { appId, subjectsOf, whyIgnored } from '../../../test/support/jobs-of-a-delivery.ts';
import { encodeExternalId } from '../../github/checks/external-id.ts';

const sha = 'f'.repeat(40);

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
    expect(whyIgnored('check_run', 'requested_action', pressed('rm -rf'))).toContain('a button that');
    const open = pressed('approve', { completed_at: null });
    expect(subjectsOf('check_run', 'requested_action', open)).toMatchObject([{ press: { shownAt: startedAt } }]);
  });

  test('of another app, of another commit than they name, or created and completed ask for nothing', () => {
    expect(whyIgnored('check_run', 'rerequested', run({ app: { id: 1 } }))).toBe('a check run of another app');
    expect(whyIgnored('check_run', 'rerequested', run({ head_sha: 'e'.repeat(40) }))).toContain('another commit');
    expect(whyIgnored('check_run', 'rerequested', run({ external_id: 'x' }))).toContain('without an external_id');
    expect(whyIgnored('check_run', 'created', run())).toContain('"created"');
    expect(whyIgnored('check_run', 'completed', run())).toContain('"completed"');
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
    expect(whyIgnored('check_suite', 'rerequested', suite(1))).toBe('a check suite of another app');
    expect(whyIgnored('check_suite', 'requested', suite(appId))).toContain('"requested"');
  });
});
