/** What a run comes to with some of the edits made, a bit for each; null where that can't be known. */
export type ValueOf = (made: number) => number | null;

/**
 * What each of `count` edits contributes to the difference between all and none: its step averaged over every order in
 * which the edits could be made (Shapley 1953, "A value for n-person games"), so that shares add up to the difference and
 * depend on no order. Orders that pass through an unknown value are left out. Null where each order does.
 *
 * Cost: a value for each of the 2^count sets.
 */
export function exactShares(count: number, valueOf: ValueOf): number[] | null {
  const all = 2 ** count - 1;
  const values = Array.from({ length: all + 1 }, (_, set) => valueOf(set));
  const ordersTo = waysThrough(count, values, 0);
  const ordersFrom = waysThrough(count, values, all);
  const orders = ordersTo[all] ?? 0;
  if (orders === 0) return null;
  return Array.from({ length: count }, (_, edit) => {
    let share = 0;
    for (let set = 0; set <= all; set++) {
      if (has(set, edit)) continue;
      const [before, after] = [values[set] ?? null, values[set | (1 << edit)] ?? null];
      if (before === null || after === null) continue;
      const through = ((ordersTo[set] ?? 0) * (ordersFrom[set | (1 << edit)] ?? 0)) / orders;
      share += through * (after - before);
    }
    return share;
  });
}

/** In how many orders each set is reached from `start` (none or all of the edits) through known values. */
function waysThrough(count: number, values: readonly (number | null)[], start: number): number[] {
  const last = values.length - 1;
  const ways = new Array<number>(values.length).fill(0);
  for (let step = 0; step <= last; step++) {
    const set = start === 0 ? step : last - step;
    if (values[set] == null) continue;
    if (set === start) {
      ways[set] = 1;
      continue;
    }
    for (let edit = 0; edit < count; edit++) {
      const neighbour = set ^ (1 << edit);
      if (has(set, edit) === (start === 0)) ways[set] = (ways[set] ?? 0) + (ways[neighbour] ?? 0);
    }
  }
  return ways;
}

/** The same average over some orders only. The shares still add up to the difference. */
export function sampledShares(
  count: number,
  valueOf: ValueOf,
  orders: readonly (readonly number[])[],
): number[] | null {
  const sums = new Array<number>(count).fill(0);
  let known = 0;
  for (const order of orders) {
    const steps = stepsOf(order, valueOf);
    if (steps === null) continue;
    known++;
    order.forEach((edit, at) => {
      sums[edit] = (sums[edit] ?? 0) + (steps[at] ?? 0);
    });
  }
  return known === 0 ? null : sums.map((sum) => sum / known);
}

function stepsOf(order: readonly number[], valueOf: ValueOf): number[] | null {
  const steps: number[] = [];
  let made = 0;
  let before = valueOf(0);
  for (const edit of order) {
    made |= 1 << edit;
    const after = valueOf(made);
    if (before === null || after === null) return null;
    steps.push(after - before);
    before = after;
  }
  return steps;
}

/**
 * Orders to sample, the same for the same count: each beside its reverse, so that an edit comes as often early as late
 * (Mitchell, Cooper, Frank and Holmes 2022, "Sampling permutations for Shapley value estimation": antithetic sampling).
 */
export function someOrders(count: number, pairs: number): readonly (readonly number[])[] {
  let state = 0x2545_f491;
  const random = (below: number): number => {
    // Numerical Recipes' linear congruential generator; the high bits are the better ones
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: pairs }).flatMap(() => {
    const order = Array.from({ length: count }, (_, edit) => edit);
    for (let at = count - 1; at > 0; at--) {
      const other = random(at + 1);
      [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
    }
    return [order, order.toReversed()];
  });
}

function has(set: number, edit: number): boolean {
  return (set & (1 << edit)) !== 0;
}
