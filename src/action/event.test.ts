import examples from '@octokit/webhooks-examples' with { type: 'json' };
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSubject } from './event.ts';

/** GitHub's own published payloads of the events that carry a pull request or a merge group. */
const payloads = (examples as unknown as { name: string; examples: object[] }[])
  .filter(({ name }) => ['pull_request', 'pull_request_review', 'merge_group'].includes(name))
  .flatMap(({ name, examples }) => examples.map((payload, index) => ({ name, index, payload })));

function subjectOf(name: string, payload: object, env: NodeJS.ProcessEnv = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-event-'));
  const path = join(folder, 'event.json');
  writeFileSync(path, JSON.stringify(payload));
  try {
    return readSubject({ ...env, GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: path });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('payloads as GitHub publishes them are understood', () => {
  test('there are some of each', () => {
    expect(new Set(payloads.map(({ name }) => name)).size).toBeGreaterThanOrEqual(2);
  });

  test.each(payloads)('$name, example $index', ({ name, payload }) => {
    const subject = subjectOf(name, payload);
    if (subject.kind === 'pull-request') {
      expect(subject.headSha).toMatch(/^[0-9a-f]{40}$/);
      expect(subject.number).toBeGreaterThan(0);
    } else {
      expect(subject).toMatchObject({
        kind: 'merge-group',
        group: { headSha: expect.stringMatching(/^[0-9a-f]{40}$/) as unknown },
      });
    }
  });
});

test('a payload that is none of GitHub is named as such', () => {
  expect(() => subjectOf('pull_request', { pull_request: { number: 'x' } })).toThrow(
    /payload is not as GitHub documents it/,
  );
});

test('the head is that of the pull request, not the merge commit that the workflow runs on', () => {
  const { payload } = payloads.find(({ name }) => name === 'pull_request')!;
  const { sha } = (payload as { pull_request: { head: { sha: string } } }).pull_request.head;
  const subject = subjectOf('pull_request', payload, { GITHUB_SHA: 'e'.repeat(40), GITHUB_REF: 'refs/pull/2/merge' });
  expect(subject).toEqual({ kind: 'pull-request', number: expect.any(Number) as unknown, headSha: sha });
});
