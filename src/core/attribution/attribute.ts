import { figureNames, type Figure, type Figures } from '../estimate/figures.ts';
import { startOf } from '../problem.ts';
import type { StatedRun } from '../run/facts.ts';
import { changedKeys, placeOf, type ChangedKey } from './changed-keys.ts';
import type { Edit } from './edit.ts';
import { exactShares, sampledShares, someOrders, type ValueOf } from './fair-shares.ts';
import type { WrittenKey } from './written-key.ts';

/** A config on both sides, and what is needed to tell what each of its edits does. */
export interface Attribution {
  readonly base: StatedRun;
  readonly head: StatedRun;
  /** What the two sides come to. */
  readonly figures: { readonly base: Figures; readonly head: Figures };
  /** Estimates a config that states some of what the base states and some of what the head does. */
  readonly estimate: (run: StatedRun) => Figures;
  /** A changed key as its author wrote it. */
  readonly written: (key: ChangedKey) => WrittenKey;
  /** About how many estimates may be made. */
  readonly mostEstimates: number;
}

/** A set of edits is a number with a bit for each. */
const mostEdits = 30;
/** 2^8 = 256 estimates; of more edits some orders are sampled. */
const mostExact = 8;
const mostOrderPairs = 16;

/** What each edit of a config does to its figures: taken back alone, and as a fair share where edits work together. */
export function attribute(input: Attribution): Edit[] {
  const { base, head, written } = input;
  const players = playersOf(input);
  if (players.length === 0) return [];
  const figuresOf = remembered(input, players);
  const all = 2 ** players.length - 1;
  const without = players.map((_, at) => figuresOf(all & ~(1 << at)));
  const acting = actingPlayers(players, figuresOf);
  const shares = sharesOf(acting, players, figuresOf, input.mostEstimates);
  return players.flatMap(({ keys }, at): Edit[] => {
    const figures = without[at] ?? figuresOf(all);
    const effect = { without: figures, share: shares(at) };
    const [key] = keys;
    if (key !== undefined) {
      const { name, from, to } =
        keys.length === 1 ? written(key) : { name: `${keys.length} other keys`, from: null, to: null };
      const fields = keys.flatMap((each) => each.fields);
      return [{ key: name, from, to, place: placeOf(key, head), fields, ...effect }];
    }
    // A file that is only moved changes nothing of the run
    if (isSame(figures, figuresOf(all))) return [];
    return [{ key: 'file', from: nameOf(base), to: nameOf(head), place: startOf(head.path), fields: [], ...effect }];
  });
}

/** One whose presence is decided alone: a changed key, several beyond the cap, or, without any, the file itself. */
interface Player {
  readonly keys: readonly ChangedKey[];
}

function playersOf({ base, head, mostEstimates }: Attribution): Player[] {
  const keys = changedKeys(base, head);
  const most = Math.max(1, Math.min(mostEdits, Math.floor(mostEstimates / 2)) - 1);
  const single = keys.slice(0, keys.length > most ? most - 1 : most).map((key) => ({ keys: [key] }));
  const others = keys.slice(single.length);
  const isMoved = base.path !== head.path || base.dialect !== head.dialect;
  return [...single, ...(others.length > 0 ? [{ keys: others }] : []), ...(isMoved ? [{ keys: [] }] : [])];
}

function nameOf({ path, dialect }: StatedRun): string {
  return `${path} (${dialect})`;
}

type FiguresOf = (made: number) => Figures;

/** The figures with some of the edits made, each set estimated once. */
function remembered({ base, head, figures, estimate }: Attribution, players: readonly Player[]): FiguresOf {
  const known = new Map([
    [0, figures.base],
    [2 ** players.length - 1, figures.head],
  ]);
  return (made) => {
    const before = known.get(made);
    if (before !== undefined) return before;
    const estimated = estimate(mixed(base, head, players, made));
    known.set(made, estimated);
    return estimated;
  };
}

function mixed(base: StatedRun, head: StatedRun, players: readonly Player[], made: number): StatedRun {
  const facts: Record<string, unknown> = { ...head.facts };
  let file = head;
  players.forEach(({ keys }, at) => {
    if ((made & (1 << at)) !== 0) return;
    if (keys.length === 0) file = base;
    for (const field of keys.flatMap(({ fields }) => fields)) {
      if (base.facts[field] === undefined) Reflect.deleteProperty(facts, field);
      else facts[field] = base.facts[field];
    }
  });
  return { ...file, facts };
}

/**
 * The edits that do anything: those that, made alone or taken back alone, change a figure. Where the others together do
 * change one after all, every edit acts.
 */
function actingPlayers(players: readonly Player[], figuresOf: FiguresOf): readonly number[] {
  const all = 2 ** players.length - 1;
  const everyone = players.map((_, at) => at);
  const acting = everyone.filter((at) => {
    return !isSame(figuresOf(all & ~(1 << at)), figuresOf(all)) || !isSame(figuresOf(1 << at), figuresOf(0));
  });
  const made = acting.reduce((set, at) => set | (1 << at), 0);
  const areIdle = isSame(figuresOf(made), figuresOf(all)) && isSame(figuresOf(all & ~made), figuresOf(0));
  return areIdle ? acting : everyone;
}

function sharesOf(
  acting: readonly number[],
  players: readonly Player[],
  figuresOf: FiguresOf,
  mostEstimates: number,
): (player: number) => Figures {
  const idle = players.map((_, at) => at).filter((at) => !acting.includes(at));
  const fixed = idle.reduce((set, at) => set | (1 << at), 0);
  const setOf = (made: number): number =>
    acting.reduce((set, at, bit) => (made & (1 << bit) ? set | (1 << at) : set), fixed);
  const count = acting.length;
  const isExact = count <= mostExact && 2 ** count <= mostEstimates;
  const pairs = Math.max(1, Math.min(mostOrderPairs, Math.floor(mostEstimates / (2 * Math.max(1, count)))));
  const orders = isExact ? [] : someOrders(count, pairs);
  const shares = new Map(
    figureNames.map((figure) => {
      const valueOf: ValueOf = (made) => figuresOf(setOf(made))[figure];
      return [figure, isExact ? exactShares(count, valueOf) : sampledShares(count, valueOf, orders)];
    }),
  );
  return (player) => {
    const at = acting.indexOf(player);
    const shareOf = (figure: Figure): number | null => {
      const known = shares.get(figure) ?? null;
      return known === null ? null : (known[at] ?? 0);
    };
    // One entry for each figure
    return Object.fromEntries(figureNames.map((figure) => [figure, shareOf(figure)])) as unknown as Figures;
  };
}

function isSame(one: Figures, other: Figures): boolean {
  return figureNames.every((figure) => one[figure] === other[figure]);
}
