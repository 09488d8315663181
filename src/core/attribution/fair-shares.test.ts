import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactShares, sampledShares, someOrders } from './fair-shares.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Games of one to six edits: any value for each set of them, the value of none and all known. */
const games = (unknown: boolean) =>
  fc.integer({ min: 1, max: 6 }).chain((count) =>
    fc
      .array(fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: null, freq: unknown ? 3 : 1_000_000 }), {
        minLength: 2 ** count,
        maxLength: 2 ** count,
      })
      .map((values) => ({
        count,
        values: values.map((value, set) => (set % (2 ** count - 1) === 0 ? (value ?? 7) : value)),
      })),
  );

describe('fair shares', () => {
  test('add up to the difference, whatever the edits do together', () => {
    fc.assert(
      fc.property(games(true), ({ count, values }) => {
        const shares = exactShares(count, (set) => values[set] ?? null);
        if (shares !== null) expect(sum(shares)).toBeCloseTo((values.at(-1) ?? 0) - (values[0] ?? 0), 6);
      }),
    );
  });

  test('are the average over all orders, where every value is known', () => {
    fc.assert(
      fc.property(games(false), ({ count, values }) => {
        const valueOf = (set: number) => values[set] ?? null;
        const orders = permutations(Array.from({ length: count }, (_, edit) => edit));
        const averages = sampledShares(count, valueOf, orders)!;
        exactShares(count, valueOf)!.forEach((share, edit) => {
          expect(share).toBeCloseTo(averages[edit]!, 6);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('of edits that do not touch each other are what each does alone', () => {
    const alone = [3, -5, 0];
    const shares = exactShares(3, (set) => sum(alone.filter((_, edit) => set & (1 << edit))));
    shares!.forEach((share, edit) => {
      expect(share).toBeCloseTo(alone[edit]!, 9);
    });
  });

  test('divide what two edits only do together', () => {
    expect(exactShares(2, (set) => (set === 3 ? 10 : 0))).toEqual([5, 5]);
  });

  test('leave out the orders that pass through what is not known', () => {
    // Heads alone, before the width that they divide, are no model
    expect(exactShares(2, (set) => [10, null, 14, 20][set] ?? null)).toEqual([6, 4]);
  });

  test('are unknown where every order passes through what is not known', () => {
    expect(exactShares(2, (set) => [10, null, null, 20][set] ?? null)).toBeNull();
  });
});

describe('sampled shares', () => {
  test('of thirty edits add up to the difference', () => {
    const valueOf = (set: number) => Math.sqrt(set);
    const shares = sampledShares(30, valueOf, someOrders(30, 4))!;
    expect(sum(shares)).toBeCloseTo(valueOf(2 ** 30 - 1), 6);
  });

  test('take the same orders each time, each an order of all edits, with its reverse', () => {
    const orders = someOrders(9, 3);
    expect(orders).toEqual(someOrders(9, 3));
    expect(orders).toHaveLength(6);
    expect(new Set(orders.map((order) => order.join())).size).toBe(6);
    for (const order of orders) expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(orders[1]).toEqual(orders[0]!.toReversed());
  });
});

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}
