import { describe, expect, test } from 'vitest';
import { aCheck, remarks } from '../../../test/support/a-check.ts';
import { create, runsOn, update, withChecks } from '../../../test/support/with-checks.ts';
import { approveButton } from './check.ts';

const { aPullRequest, publish, writes } = withChecks();

describe('remarks', () => {
  test('of 173 findings travel in four requests, none of them twice', async () => {
    const { pullRequest } = await aPullRequest();
    await publish(pullRequest, aCheck({ annotations: remarks(173) }));
    expect(writes()).toEqual([create, update, update, update]);
    const messages = runsOn(pullRequest)[0]!.annotations.map(({ message }) => message);
    expect(messages).toEqual(remarks(173).map(({ message }) => message));
    expect(await publish(pullRequest, aCheck({ annotations: remarks(173) }))).toBe('unchanged');
  });

  test('are capped, and the check says how many are left out', async () => {
    const { pullRequest } = await aPullRequest();
    await publish(pullRequest, aCheck({ annotations: remarks(1700) }));
    const [run] = runsOn(pullRequest);
    expect(run!.annotations).toHaveLength(500);
    expect(run!.summary).toContain('1,200 more remarks');
  });

  test('that GitHub refuses do not keep the conclusion back', async () => {
    const { pullRequest } = await aPullRequest();
    const refused = { ...remarks(1)[0]!, line: 0 };
    await publish(pullRequest, aCheck({ annotations: [refused] }));
    expect(runsOn(pullRequest)).toMatchObject([
      { conclusion: 'action_required', annotations: [], summary: 'It waits.\n', buttons: [approveButton] },
    ]);
  });
});
