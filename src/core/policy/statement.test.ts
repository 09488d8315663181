import fc from 'fast-check';
import { expect, test } from 'vitest';
import { approvalsThatStand, type Statement } from './statement.ts';

function say(by: string, minute: number, withdraws: string | null, how: Statement['how'] = 'review'): Statement {
  const at = new Date(Date.UTC(2026, 10, 23, 12, minute)).toISOString();
  const statement = { id: `${by} ${minute} ${how}`, by, isBot: false, how, at, shownAt: null, withdraws };
  return { ...statement, commit: null, code: null, flaw: null };
}

/** A press of the button on a run that was completed at this minute, by GitHub's clock; ours says that it is another. */
function press(by: string, shown: number, ours: number): Statement {
  return { ...say(by, ours, null, 'button'), shownAt: say(by, shown, null).at };
}

const standing = (...statements: Statement[]) => approvalsThatStand(statements).standing.map(({ id }) => id);

test('a later statement of the same person takes back what they approved, whichever way it was said', () => {
  expect(standing(say('ada', 1, null, 'command'), say('Ada', 2, 'asks for changes'))).toEqual([]);
  expect(standing(say('ada', 1, null), say('ada', 2, 'took it back', 'command'))).toEqual([]);
  expect(standing(say('ada', 1, null, 'button'), say('ada', 2, 'took it back', 'command'))).toEqual([]);
});

test('an approval after it stands, and so do those of others', () => {
  const statements = [say('ada', 1, 'asks for changes'), say('ada', 2, null, 'command'), say('kim', 0, null)];
  expect(standing(...statements)).toEqual(['ada 2 command', 'kim 0 review']);
});

test('at the same instant, and at no instant at all, the one that takes back wins', () => {
  expect(standing(say('ada', 1, null), say('ada', 1, 'took it back', 'command'))).toEqual([]);
  expect(standing({ ...say('ada', 1, null), at: 'soon' }, say('ada', 2, 'took it back'))).toEqual([]);
  expect(standing(say('ada', 1, null), { ...say('ada', 0, 'took it back', 'command'), at: 'soon' })).toEqual([]);
});

test('a clock of ours that is ahead keeps no press from being taken back, and one that is behind takes none back', () => {
  expect(standing(press('ada', 0, 90), say('ada', 2, 'took it back', 'command'))).toEqual([]);
  expect(standing(press('ada', 0, 1), say('ada', 0, 'took it back', 'command'))).toEqual([]);
  expect(standing(say('ada', 20, 'took it back', 'command'), press('ada', 25, 10))).toEqual(['ada 10 button']);
});

test('the order in which statements are read does not matter', () => {
  const statement = fc
    .tuple(fc.constantFrom('ada', 'kim'), fc.integer({ min: 0, max: 5 }), fc.constantFrom(null, 'took it back'))
    .map((parts) => say(...parts));
  fc.assert(
    fc.property(fc.uniqueArray(statement, { selector: ({ id, withdraws }) => `${id} ${withdraws}` }), (statements) => {
      expect(new Set(standing(...statements))).toEqual(new Set(standing(...statements.toReversed())));
    }),
  );
});
