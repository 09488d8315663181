/** A number of seats that some people may take. Openings of one slot share their people. */
export interface Opening {
  readonly slot: object;
  readonly seats: number;
}

/**
 * Seats people so that as many seats as possible are taken, and returns who sits where. A person sits in one slot; within
 * it, in each of its openings. Augmenting paths (Kuhn 1955): a seat once taken stays taken, and whoever sits there moves
 * on where that seats one person more.
 */
export function seatPeople<Place extends Opening>(
  openings: readonly Place[],
  people: readonly string[],
  mayTake: (person: string, opening: Place) => boolean,
): ReadonlyMap<Place, ReadonlySet<string>> {
  const seated = new Map(openings.map((opening) => [opening, new Set<string>()]));
  const seatOf = new Map<string, Place>();

  function sit(person: string, opening: Place): void {
    const before = seatOf.get(person);
    if (before !== undefined) seated.get(before)?.delete(person);
    seatOf.set(person, opening);
    seated.get(opening)?.add(person);
  }

  function fillOne(opening: Place, asked: Set<string>): boolean {
    const candidates = people.filter((person) => mayTake(person, opening) && seatOf.get(person) !== opening);
    for (const person of candidates.toSorted((one, other) => Number(seatOf.has(one)) - Number(seatOf.has(other)))) {
      if (asked.has(person)) continue;
      asked.add(person);
      const left = seatOf.get(person);
      if (left === undefined || fillOne(left, asked)) {
        sit(person, opening);
        return true;
      }
    }
    return false;
  }

  for (const opening of openings) {
    for (let seat = 0; seat < opening.seats; seat += 1) if (!fillOne(opening, new Set())) break;
  }
  for (const opening of openings) {
    const sitting = seated.get(opening) ?? new Set();
    for (const person of people) {
      const isFree = !seatOf.has(person) || seatOf.get(person)?.slot === opening.slot;
      if (sitting.size === opening.seats || !isFree || !mayTake(person, opening)) continue;
      sitting.add(person);
      seatOf.set(person, seatOf.get(person) ?? opening);
    }
  }
  return seated;
}
