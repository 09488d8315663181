/** A number of people who are needed, of those who may. Openings of one slot share their people. */
export interface Opening {
  readonly slot: object;
  readonly needed: number;
}

/**
 * Assigns people so that as many openings are filled as possible, and returns who fills which. A person is in one slot;
 * within it, in each of its openings. Augmenting paths (Kuhn 1955): what is filled stays filled, and whoever fills it moves
 * on where that finds room for one person more.
 */
export function assignPeople<Place extends Opening>(
  openings: readonly Place[],
  people: readonly string[],
  mayFill: (person: string, opening: Place) => boolean,
): ReadonlyMap<Place, ReadonlySet<string>> {
  const assigned = new Map(openings.map((opening) => [opening, new Set<string>()]));
  const openingOf = new Map<string, Place>();

  function assign(person: string, opening: Place): void {
    const before = openingOf.get(person);
    if (before !== undefined) assigned.get(before)?.delete(person);
    openingOf.set(person, opening);
    assigned.get(opening)?.add(person);
  }

  function fillOne(opening: Place, asked: Set<string>): boolean {
    const candidates = people.filter((person) => mayFill(person, opening) && openingOf.get(person) !== opening);
    const isTaken = (person: string) => Number(openingOf.has(person));
    for (const person of candidates.toSorted((one, other) => isTaken(one) - isTaken(other))) {
      if (asked.has(person)) continue;
      asked.add(person);
      const left = openingOf.get(person);
      if (left === undefined || fillOne(left, asked)) {
        assign(person, opening);
        return true;
      }
    }
    return false;
  }

  for (const opening of openings) {
    for (let filled = 0; filled < opening.needed; filled += 1) if (!fillOne(opening, new Set())) break;
  }
  for (const opening of openings) {
    const there = assigned.get(opening) ?? new Set();
    for (const person of people) {
      const isFree = !openingOf.has(person) || openingOf.get(person)?.slot === opening.slot;
      if (there.size === opening.needed || !isFree || !mayFill(person, opening)) continue;
      there.add(person);
      openingOf.set(person, openingOf.get(person) ?? opening);
    }
  }
  return assigned;
}
