import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aFinding } from '../../../test/support/a-finding.ts';
import { aPair } from '../../../test/support/a-pair.ts';
import { large, xl } from '../../../test/support/an-estimated-run.ts';
import { anEvaluation } from '../../../test/support/an-evaluation.ts';
import { evaluations } from '../../../test/support/example-evaluations.ts';
import { nothingWaits } from '../../../test/support/an-approval.ts';
import { runsOn, withChecks } from '../../../test/support/with-checks.ts';
import { emptyLedger, type Ledger } from '../../core/policy/approvals/ledger.ts';
import type { Evaluation } from '../../core/report/evaluation.ts';
import { approveButton, recheckButton, retryButton } from './check.ts';
import { deadlineCheck } from './check-notices.ts';
import { checkOf, groupCheckOf } from './evaluated-check.ts';
import { readLedger } from './known-check-runs.ts';
import { readPullRequest } from '../reading/pull-request.ts';

const { github, aPullRequest, begin, publish } = withChecks();

const letsThrough: readonly string[] = ['success', 'neutral', 'skipped'];

function evaluated(evaluation: Evaluation, ledger: Ledger = emptyLedger) {
  return { evaluation, ledger, because: null, code: 'K7Q2M9XA' };
}

describe('the check of an evaluation', () => {
  test('carries the ledger to the next evaluation, and to that of a merge group', async () => {
    const { pullRequest } = await aPullRequest();
    const { headSha: commit, number } = pullRequest;
    const entry = {
      id: 'review 1',
      by: 'ada',
      isBot: false,
      how: 'review',
      shownAt: null,
      at: '2026-11-23T12:00:00Z',
      commit,
    } as const;
    const ledger: Ledger = { ...emptyLedger, entries: [{ ...entry, code: 'K7Q2M9XA', ignoredBecause: null }] };
    await publish(pullRequest, checkOf(evaluated(anEvaluation(), ledger)));
    expect(runsOn(pullRequest)[0]!.text).toContain('`ada`');
    expect((await begin(pullRequest)).ledger).toEqual(ledger);
    await publish(pullRequest, deadlineCheck(60, (await begin(pullRequest)).memory));
    const client = await github.appClient();
    const { checks } = await readPullRequest(client, github.name, number, github.app.id);
    expect(await readLedger(client, github.name, number, checks!)).toEqual(ledger);
  });

  test.each(Object.keys(evaluations))('%s concludes what its verdict says', (name) => {
    const evaluation = evaluations[name]!;
    const verdict = evaluation.policy.enforce ? evaluation.verdict : 'pass';
    const expected = { pass: 'success', waiting: 'action_required', fail: 'failure' }[verdict];
    expect(checkOf(evaluated(evaluation)).conclusion).toBe(expected);
  });

  test('says so when no training config changed', () => {
    expect(checkOf(evaluated(anEvaluation()))).toMatchObject({
      conclusion: 'success',
      title: 'No training config changed',
      annotations: [],
      buttons: [],
    });
  });

  test('under a policy that enforces nothing says what would be, and lets through', () => {
    const said = checkOf(evaluated(evaluations['reported']!));
    expect(said.conclusion).toBe('success');
    expect(said.title).toMatch(/^Would fail: /i);
    expect(said.summary).toContain('Nothing is blocked');
  });

  test('that does not pass never concludes what GitHub lets through', () => {
    const verdicts = fc.constantFrom('pass' as const, 'waiting' as const, 'fail' as const);
    const levels = fc.constantFrom('notice' as const, 'warning' as const, 'approval' as const, 'error' as const);
    fc.assert(
      fc.property(verdicts, fc.array(levels, { maxLength: 5 }), fc.nat(3), (verdict, found, needed) => {
        const findings = found.map((level) => aFinding({ level }));
        const approval = { ...nothingWaits, needed };
        const evaluation = anEvaluation({ verdict, findings, approval });
        const said = [checkOf(evaluated(evaluation)), groupCheckOf(evaluation)];
        return verdict === 'pass' || said.every(({ conclusion }) => !letsThrough.includes(conclusion));
      }),
    );
  });

  test('of thousands of configs with hostile names keeps within the limits', () => {
    const hostile = fc.constantFrom('@everyone ', '| <img> ', '`````', '😀', 'x'.repeat(300), '-->', '\n# ');
    const counts = fc.integer({ min: 1000, max: 5000 });
    fc.assert(
      fc.property(counts, fc.array(hostile, { minLength: 1, maxLength: 4 }), (count, parts) => {
        const name = parts.join('');
        const pairs = Array.from({ length: count }, (_, index) => aPair(`${name}${index}.yaml`, large, xl));
        const findings = pairs.map(({ path }) => aFinding({ path, message: name.repeat(50) }));
        const check = checkOf(evaluated(anEvaluation({ verdict: 'fail', pairs, findings })));
        expect(check.summary.length).toBeLessThanOrEqual(65_000);
        expect(check.title.length).toBeLessThanOrEqual(250);
        expect(check.annotations).toHaveLength(count);
      }),
      { numRuns: 5 },
    );
  });

  test.each([approveButton, recheckButton, retryButton])('its button $label fits', (button) => {
    expect(button.label.length).toBeLessThanOrEqual(20);
    expect(button.description.length).toBeLessThanOrEqual(40);
    expect(button.identifier.length).toBeLessThanOrEqual(20);
  });
});

test('a change of thousands of configs gets its conclusion', async () => {
  const { pullRequest } = await aPullRequest();
  const pairs = Array.from({ length: 3000 }, (_, index) => aPair(`configs/${index}.yaml`, large, xl));
  const findings = pairs.map(({ path }) => aFinding({ path }));
  await publish(pullRequest, checkOf(evaluated(anEvaluation({ verdict: 'fail', pairs, findings }))));
  expect(runsOn(pullRequest)).toMatchObject([{ status: 'completed', conclusion: 'failure' }]);
  expect(runsOn(pullRequest)[0]!.annotations).toHaveLength(500);
});
