import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anApproval } from '../../../../test/support/an-approval.ts';
import type { Approval, Channel } from './approval.ts';
import { approvalsThatStand, type Withdrawal } from './withdrawal.ts';

const minutes = (minute: number) => new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();

function approve(by: string, minute: number, how: Channel = 'review'): Approval {
  return anApproval({ id: `${by} ${minute} ${how}`, by, how, at: minutes(minute) });
}

function withdraw(by: string, minute: number): Withdrawal {
  return { id: `${by} ${minute}`, by, at: minutes(minute), because: 'took it back' };
}

/** A press of the button on a run that was completed at this minute, by GitHub's clock; ours says that it is another. */
function press(by: string, shown: number, ours: number): Approval {
  return { ...approve(by, ours, 'button'), shownAt: minutes(shown) };
}

const standing = (...said: (Approval | Withdrawal)[]) =>
  approvalsThatStand({
    approvals: said.filter((one) => 'how' in one),
    withdrawals: said.filter((one) => 'because' in one),
  }).standing.map(({ id }) => id);

test('a later withdrawal of the same person takes back what they approved, whichever way that was', () => {
  expect(standing(approve('ada', 1, 'command'), withdraw('Ada', 2))).toEqual([]);
  expect(standing(approve('ada', 1), withdraw('ada', 2))).toEqual([]);
  expect(standing(approve('ada', 1, 'button'), withdraw('ada', 2))).toEqual([]);
});

test('an approval after it stands, and so do those of others', () => {
  expect(standing(withdraw('ada', 1), approve('ada', 2, 'command'), approve('kim', 0))).toEqual([
    'ada 2 command',
    'kim 0 review',
  ]);
});

test('at the same instant, and at no instant at all, the one that takes back wins', () => {
  expect(standing(approve('ada', 1), withdraw('ada', 1))).toEqual([]);
  expect(standing({ ...approve('ada', 1), at: 'soon' }, withdraw('ada', 2))).toEqual([]);
  expect(standing(approve('ada', 1), { ...withdraw('ada', 0), at: 'soon' })).toEqual([]);
});

test('a clock of ours that is ahead keeps no press from being taken back, and one that is behind takes none back', () => {
  expect(standing(press('ada', 0, 90), withdraw('ada', 2))).toEqual([]);
  expect(standing(press('ada', 0, 1), withdraw('ada', 0))).toEqual([]);
  expect(standing(withdraw('ada', 20), press('ada', 25, 10))).toEqual(['ada 10 button']);
});

test('the order in which it is read does not matter', () => {
  const one = fc
    .tuple(fc.constantFrom('ada', 'kim'), fc.integer({ min: 0, max: 5 }), fc.boolean())
    .map(([by, minute, approves]) => (approves ? approve(by, minute) : withdraw(by, minute)));
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: ({ id }) => id }), (said) => {
      expect(new Set(standing(...said))).toEqual(new Set(standing(...said.toReversed())));
    }),
  );
});
