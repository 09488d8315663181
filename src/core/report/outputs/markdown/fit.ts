/** A part of the document that gives up items, or all of itself, when room is short. */
export interface Section {
  /** Sections of a lower rank get room first; what ranks 0 always stays. */
  readonly rank: number;
  readonly opening: string;
  /** Items with their line ends; made only while there is room. */
  readonly items: readonly (() => string)[];
  /** Ends the section and says how many items were left out. */
  readonly closing: (left: number) => string;
}

/** How much text there may be, and how to measure it: measures of parts must add up. */
export interface Budget {
  readonly size: number;
  readonly measure: (text: string) => number;
}

/** Puts the sections together in their order, whole items only, so that the text stays valid and within the budget. */
export function fit(sections: readonly Section[], { size, measure }: Budget): string {
  const texts = new Map<Section, string>();
  let room = size;
  for (const section of sections.toSorted((a, b) => a.rank - b.rank)) {
    const text = fill(section, section.rank === 0 ? Infinity : room, measure);
    texts.set(section, text);
    room -= measure(text);
  }
  return sections.map((section) => texts.get(section) ?? '').join('');
}

/** A section of one piece. */
export function block(rank: number, text: string): Section {
  return { rank, opening: '', items: [() => text], closing: () => '' };
}

function fill({ opening, items, closing }: Section, size: number, measure: Budget['measure']): string {
  let text = opening;
  let room = size - measure(opening) - Math.max(measure(closing(0)), measure(closing(items.length)));
  let kept = 0;
  for (const item of items) {
    const next = item();
    room -= measure(next);
    if (room < 0) break;
    text += next;
    kept++;
  }
  return kept === 0 ? '' : text + closing(items.length - kept);
}
