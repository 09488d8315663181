import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignPeople, type Opening } from './assign-approvers.ts';

const people = ['a', 'b', 'c', 'd', 'e'];

interface Place extends Opening {
  readonly who: readonly string[];
}

function peopleAssigned(openings: readonly Place[]): number {
  const assigned = assignPeople(openings, people, (person, { who }) => who.includes(person));
  return [...assigned.values()].reduce((sum, { size }) => sum + size, 0);
}

/** The most people that any assignment takes, by trying all of them. */
function mostPeople(openings: readonly Place[], left: readonly string[] = people): number {
  const [person, ...others] = left;
  if (person === undefined) return 0;
  const choices = openings
    .filter(({ needed, who }) => needed > 0 && who.includes(person))
    .map((chosen) => {
      const rest = openings.map((opening) =>
        opening === chosen ? { ...opening, needed: opening.needed - 1 } : opening,
      );
      return 1 + mostPeople(rest, others);
    });
  return Math.max(mostPeople(openings, others), ...choices);
}

const opening = fc
  .record({ needed: fc.integer({ min: 1, max: 3 }), who: fc.subarray(people) })
  .map((parts): Place => ({ slot: {}, ...parts }));

test('as many people are assigned as can be, and nobody twice', () => {
  fc.assert(
    fc.property(fc.array(opening, { maxLength: 4 }), (openings) => {
      expect(peopleAssigned(openings)).toBe(mostPeople(openings));
      const assigned = assignPeople(openings, people, (person, { who }) => who.includes(person));
      const everybody = [...assigned.values()].flatMap((group) => [...group]);
      expect(new Set(everybody).size).toBe(everybody.length);
      for (const [{ needed, who }, group] of assigned) {
        expect(group.size).toBeLessThanOrEqual(needed);
        for (const person of group) expect(who).toContain(person);
      }
    }),
  );
});

test('a person fills several openings of one slot, and in none of another', () => {
  const slot = {};
  const openings = [
    { slot, needed: 1, who: ['a'] },
    { slot, needed: 1, who: ['a'] },
    { slot: {}, needed: 1, who: ['a'] },
  ];
  expect(peopleAssigned(openings)).toBe(2);
});
