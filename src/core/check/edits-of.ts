import { attribute } from '../attribution/attribute.ts';
import type { Edit } from '../attribution/edit.ts';
import { writtenKey } from '../attribution/written-key.ts';
import { estimateStated } from '../estimate-config.ts';
import { figuresOf } from '../estimate/figures.ts';
import type { Guards } from '../guards.ts';
import type { TwoSides } from './two-sides.ts';
import type { BothSides } from '../change.ts';

/** An estimate takes some milliseconds: this many are a few seconds, however many configs a fork changes. */
const mostEstimates = 1000;
/** One config's part where few change: eight edits in every combination. */
const mostPerConfig = 300;
const leastPerConfig = 8;

/** How many estimates one of so many changed configs may take. */
export function estimatesFor(configs: number): number {
  return Math.max(leastPerConfig, Math.min(mostPerConfig, Math.floor(mostEstimates / Math.max(1, configs))));
}

/** What each edit of a config does; none where it does not exist, or could not be read, on one of the sides. */
export function editsOf(
  { base, head }: TwoSides,
  guards: Guards,
  sides: BothSides,
  today: string | null,
  configs: number,
): readonly Edit[] {
  const [before, after] = [base.stated, head.stated];
  if (before === undefined || after === undefined || base.estimated === null || head.estimated === null) return [];
  const texts = {
    base: (path: string) => sides.base.text(path),
    head: (path: string) => sides.head.text(path),
  };
  return attribute({
    base: before,
    head: after,
    figures: { base: figuresOf(base.estimated), head: figuresOf(head.estimated) },
    estimate: (stated) => figuresOf(estimateStated(stated, guards, today).estimated),
    written: (key) => writtenKey(key, before, after, texts),
    mostEstimates: estimatesFor(configs),
  });
}
