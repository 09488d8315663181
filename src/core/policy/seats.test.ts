import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seatPeople, type Opening } from './seats.ts';

const people = ['a', 'b', 'c', 'd', 'e'];

interface Place extends Opening {
  readonly who: readonly string[];
}

function seatsTaken(openings: readonly Place[]): number {
  const seated = seatPeople(openings, people, (person, { who }) => who.includes(person));
  return [...seated.values()].reduce((sum, { size }) => sum + size, 0);
}

/** The most seats that any assignment takes, by trying all of them. */
function mostSeats(openings: readonly Place[], left: readonly string[] = people): number {
  const [person, ...others] = left;
  if (person === undefined) return 0;
  const choices = openings
    .filter(({ seats, who }) => seats > 0 && who.includes(person))
    .map((chosen) => {
      const rest = openings.map((opening) => (opening === chosen ? { ...opening, seats: opening.seats - 1 } : opening));
      return 1 + mostSeats(rest, others);
    });
  return Math.max(mostSeats(openings, others), ...choices);
}

const opening = fc
  .record({ seats: fc.integer({ min: 1, max: 3 }), who: fc.subarray(people) })
  .map((parts): Place => ({ slot: {}, ...parts }));

test('as many seats are taken as can be, and nobody sits twice', () => {
  fc.assert(
    fc.property(fc.array(opening, { maxLength: 4 }), (openings) => {
      expect(seatsTaken(openings)).toBe(mostSeats(openings));
      const seated = seatPeople(openings, people, (person, { who }) => who.includes(person));
      const sitting = [...seated.values()].flatMap((group) => [...group]);
      expect(new Set(sitting).size).toBe(sitting.length);
      for (const [{ seats, who }, group] of seated) {
        expect(group.size).toBeLessThanOrEqual(seats);
        for (const person of group) expect(who).toContain(person);
      }
    }),
  );
});

test('a person sits in several openings of one slot, and in none of another', () => {
  const slot = {};
  const openings = [
    { slot, seats: 1, who: ['a'] },
    { slot, seats: 1, who: ['a'] },
    { slot: {}, seats: 1, who: ['a'] },
  ];
  expect(seatsTaken(openings)).toBe(2);
});
