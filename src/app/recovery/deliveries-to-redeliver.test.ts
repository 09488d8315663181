import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveriesToRedeliver, type Attempt } from './deliveries-to-redeliver.ts';

const now = new Date('2026-01-10T12:00:00Z');
const minute = 60_000;

function anAttempt({ minutesAgo = 5, ...deviation }: Partial<Attempt> & { minutesAgo?: number } = {}): Attempt {
  return {
    id: 1,
    guid: 'a',
    deliveredAt: new Date(now.getTime() - minutesAgo * minute),
    statusCode: 500,
    ...deviation,
  };
}

function idsOf(listed: readonly Attempt[], done: readonly string[] = []) {
  return deliveriesToRedeliver(listed, (guid) => done.includes(guid), now).map(({ id }) => id);
}

describe('a delivery is sent again', () => {
  test.each([
    { why: 'it was refused', attempt: anAttempt({ statusCode: 503 }) },
    { why: 'nobody answered', attempt: anAttempt({ statusCode: 0 }) },
  ])('when $why', ({ attempt }) => {
    expect(idsOf([attempt])).toStrictEqual([1]);
  });

  test('the oldest first, each by its newest attempt', () => {
    const listed = [
      anAttempt({ id: 4, guid: 'b', minutesAgo: 30 }),
      anAttempt({ id: 3, guid: 'a', minutesAgo: 10 }),
      anAttempt({ id: 2, guid: 'b', minutesAgo: 50 }),
      anAttempt({ id: 1, guid: 'a', minutesAgo: 60 }),
    ];
    expect(idsOf(listed)).toStrictEqual([4, 3]);
  });
});

describe('a delivery is let be', () => {
  test.each([
    { why: 'was answered', listed: [anAttempt({ statusCode: 202 })] },
    {
      why: 'was answered before, whatever came later',
      listed: [anAttempt({ id: 2 }), anAttempt({ statusCode: 200, minutesAgo: 50 })],
    },
    { why: 'is so young that it may still be answered', listed: [anAttempt({ minutesAgo: 0.5, statusCode: 0 })] },
    {
      why: 'was sent again a minute ago, for the second time',
      listed: [3, 2, 1].map((id) => anAttempt({ id, minutesAgo: 4 - id })),
    },
    {
      why: 'failed ten times',
      listed: Array.from({ length: 10 }, (_, id) => anAttempt({ id, minutesAgo: 4000 - 10 * id })),
    },
    { why: 'is older than GitHub would send', listed: [anAttempt({ minutesAgo: 3 * 24 * 60 + 1 })] },
  ])('that $why', ({ listed }) => {
    expect(idsOf(listed)).toStrictEqual([]);
  });

  test('that we have done, though GitHub does not know', () => {
    expect(idsOf([anAttempt()], ['a'])).toStrictEqual([]);
  });
});

test('each is sent again once, in whatever order they are listed', () => {
  const attempts = fc.array(
    fc.record({
      guid: fc.constantFrom('a', 'b', 'c'),
      minutesAgo: fc.nat(5000),
      statusCode: fc.constantFrom(0, 202, 500),
    }),
  );
  fc.assert(
    fc.property(attempts, (drawn) => {
      const listed = drawn.map((attempt, id) => anAttempt({ id, ...attempt }));
      const chosen = deliveriesToRedeliver(listed, () => false, now).map(({ guid }) => guid);
      expect(new Set(chosen).size).toBe(chosen.length);
      const answered = listed.filter(({ statusCode }) => statusCode === 202).map(({ guid }) => guid);
      expect(chosen.filter((guid) => answered.includes(guid))).toStrictEqual([]);
    }),
  );
});
