import { nextBackOff, type BackOff } from '../../github/http/back-off.ts';
import type { Budget } from '../../github/http/rate-limit.ts';
import type { Pace } from './paces.ts';

/**
 * Many writes are to be a second apart ("Best practices for using the REST API"). How many an hour GitHub takes it does not
 * say for checks, and refuses with a time to wait: that is obeyed, and nothing is counted beforehand.
 */
export const writesApartMs = 1_000;

/** So many writes may be sent at once where it was quiet before. */
export const burst = 20;

/** Of what an installation may write, one repository has half: somebody who pushes all the time holds up nobody else. */
export const repositoryShare = 0.5;

/** What is known of the pace of one installation: plain JSON. Times are milliseconds since 1970. */
export interface PaceState {
  readonly pausedUntil: number;
  readonly backOff: BackOff | null;
  /** By what they limit. */
  readonly budgets: Readonly<Record<string, Budget>>;
  readonly writes: Allowance;
  /** By repository; one that was quiet for long has nothing left to wait for, and is forgotten. */
  readonly writesOf: Readonly<Record<string, Allowance>>;
}

/** Writes that are a time apart in the long run, with a burst where it was quiet (GCRA, ITU-T I.371): when the next is due. */
type Allowance = number;

export const newPace: PaceState = { pausedUntil: 0, backOff: null, budgets: {}, writes: 0, writesOf: {} };

/** What is to be told of it. */
export function paced({ pausedUntil, budgets, writes }: PaceState, writesApartMs: number, now: number): Pace {
  return { pausedUntil, nextWriteAt: next(writes, writesApartMs, now), budgets: Object.values(budgets) };
}

export function paused(state: PaceState, until: number): PaceState {
  return { ...state, pausedUntil: Math.max(state.pausedUntil, until) };
}

export function backedOff(state: PaceState, now: number): PaceState & { readonly backOff: BackOff } {
  return { ...state, backOff: nextBackOff(state.backOff, now) };
}

export function noted(state: PaceState, budget: Budget): PaceState {
  return { ...state, budgets: { ...state.budgets, [budget.resource]: budget } };
}

/** A budget above this is nothing that anybody has to know of. */
export function isWorthNoting({ limit, remaining }: Budget): boolean {
  return remaining < limit / 2;
}

/** When a write may be sent, and the state in which its place is taken unless that is later than `latest`. */
export function placeOf(
  state: PaceState,
  repository: string | null,
  { latest, now, writesApartMs }: { readonly latest: number; readonly now: number; readonly writesApartMs: number },
): { readonly state: PaceState; readonly result: number } {
  const ownApartMs = writesApartMs / repositoryShare;
  const own = repository === null ? 0 : (state.writesOf[repository] ?? 0);
  const ownPlace = next(own, ownApartMs, now);
  // A repository that waits for itself takes nothing from the others meanwhile
  const isHeldUp = ownPlace > now;
  const place = Math.max(state.pausedUntil, isHeldUp ? ownPlace : next(state.writes, writesApartMs, now));
  if (place > latest) return { state, result: place };
  const others = Object.entries(state.writesOf).filter(([name, due]) => name !== repository && due > now);
  const taken = repository === null ? [] : [[repository, take(own, ownApartMs, now)] as const];
  return {
    result: place,
    state: {
      ...state,
      writes: isHeldUp ? state.writes : take(state.writes, writesApartMs, now),
      writesOf: Object.fromEntries([...others, ...taken]),
    },
  };
}

function next(due: Allowance, apartMs: number, now: number): number {
  return Math.max(now, due - (burst - 1) * apartMs);
}

function take(due: Allowance, apartMs: number, now: number): Allowance {
  return Math.max(due, now) + apartMs;
}
