import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aSlot, nothingWaits, waitingFor } from '../../../test/support/an-approval.ts';
import { startOf } from '../problem.ts';
import { levels } from './level.ts';
import type { Finding } from './rule.ts';
import { verdictOf } from './verdict.ts';

function finding(level: Finding['level']): Finding {
  const place = startOf('a.yaml');
  return { rule: 'x', alsoRules: [], cause: 'x', level, path: null, place, message: '', action: '', isStanding: false };
}

const problem = { code: 'invalid-yaml', place: startOf('p.yml'), key: null, message: '', hint: null };
const nobody = waitingFor([aSlot()]);
const ada = { ...nobody, open: [] };

test.each([
  { says: 'pass', findings: [], approval: nothingWaits },
  { says: 'pass', findings: [finding('warning'), finding('notice')], approval: nobody },
  { says: 'waiting', findings: [finding('approval')], approval: nobody },
  { says: 'waiting', findings: [finding('approval')], approval: waitingFor([aSlot({ count: 2 })]) },
  { says: 'waiting', findings: [finding('approval')], approval: nothingWaits },
  { says: 'pass', findings: [finding('approval')], approval: ada },
  { says: 'fail', findings: [finding('approval'), finding('error')], approval: ada },
])(
  '$findings.length findings with $approval.open.length of $approval.needed approvals open: $says',
  ({ says, findings, approval }) => {
    expect(verdictOf(findings, [], approval)).toBe(says);
  },
);

test('a policy or plan with problems fails, whatever was approved', () => {
  expect(verdictOf([], [problem], ada)).toBe('fail');
});

const findings = fc.array(fc.constantFrom(...levels.filter((level) => level !== 'off')).map(finding));

test('any error fails, whatever stands beside it', () => {
  fc.assert(
    fc.property(findings, findings, (before, after) => {
      expect(verdictOf([...before, finding('error'), ...after], [], ada)).toBe('fail');
    }),
  );
});

test('nothing that waits passes without an approval', () => {
  fc.assert(
    fc.property(findings, (others) => {
      expect(verdictOf([...others, finding('approval')], [], nobody)).not.toBe('pass');
    }),
  );
});
