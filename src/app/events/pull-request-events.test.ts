import { describe, expect, test } from 'vitest';
import { appId, subjectsOf, whyIgnored } from '../../../test/support/jobs-of-a-delivery.ts';
import { commentMarker } from '../../core/report/outputs/markdown/markdown.ts';

describe('pull requests', () => {
  test('another base is looked at, another title is not', () => {
    expect(subjectsOf('pull_request', 'edited', { changes: { base: { ref: { from: 'main' } } } })).toHaveLength(1);
    expect(whyIgnored('pull_request', 'edited', { changes: { title: { from: 'old' } } })).toBe(
      'edited, but not its base',
    );
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
      expect(whyIgnored('issue_comment', 'created', comment(body))).toBe('a comment without a command');
    },
  );

  test('that had a command before the edit, or when they were deleted, ask to look', () => {
    const edited = { ...comment('never mind'), changes: { body: { from: '/scalegate approve K7Q2M9XA' } } };
    expect(subjectsOf('issue_comment', 'edited', edited)).toHaveLength(1);
    expect(subjectsOf('issue_comment', 'deleted', comment('/scalegate approve K7Q2M9XA'))).toHaveLength(1);
  });

  test('on an issue ask for nothing', () => {
    const onIssue = { ...comment('/scalegate help'), issue: { number: 12, pull_request: undefined } };
    expect(whyIgnored('issue_comment', 'created', onIssue)).toBe('a comment on an issue');
  });

  test.each(['created', 'edited', 'deleted'])('of our own, %s by us, ask for nothing, whatever they say', (action) => {
    const body = `${commentMarker}\n/scalegate approve K7Q2M9XA`;
    expect(whyIgnored('issue_comment', action, ours(body, 'scalegate[bot]'))).toBe('our own comment');
  });

  test.each(['edited', 'deleted'])('of our own, %s by somebody else, ask to look', (action) => {
    expect(subjectsOf('issue_comment', action, ours('anything', 'mallory'))).toHaveLength(1);
  });

  test('of our own are known by marker and kind of author where GitHub names no app', () => {
    const unnamed = comment(`${commentMarker}\n/scalegate approve X`, {
      comment: { body: `${commentMarker}\n/scalegate approve X`, user: { login: 'scalegate[bot]', type: 'Bot' } },
      sender: { login: 'scalegate[bot]' },
    });
    expect(whyIgnored('issue_comment', 'created', unnamed)).toBe('our own comment');
  });
});
