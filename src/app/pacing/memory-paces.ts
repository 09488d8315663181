import { nextBackOff, type BackOff } from '../../github/http/back-off.ts';
import type { Budget } from '../../github/http/rate-limit.ts';
import * as standard from './paces.ts';
import { burst, isWorthNoting, mayBeSentFrom, repositoryShare, type Paces, type PacesOptions } from './paces.ts';

interface State {
  pausedUntil: number;
  backOff: BackOff | null;
  readonly budgets: Map<string, Budget>;
  readonly writes: Allowance;
  /** Of each repository by name. */
  readonly writesOf: Map<string, Allowance>;
}

/** For one process. */
export function createMemoryPaces(options: PacesOptions = {}): Paces {
  const { now = Date.now, writesApartMs = standard.writesApartMs } = options;
  const states = new Map<number | null, State>();

  function stateOf(installationId: number | null): State {
    const state = states.get(installationId) ?? newState(writesApartMs);
    states.set(installationId, state);
    return state;
  }

  function allowanceOf({ writesOf }: State, repository: string): Allowance {
    // One that was quiet for long has nothing left to wait for
    for (const [name, known] of writesOf) if (known.isWhole(now())) writesOf.delete(name);
    const allowance = writesOf.get(repository) ?? createAllowance(writesApartMs / repositoryShare);
    writesOf.set(repository, allowance);
    return allowance;
  }

  function paceOf({ pausedUntil, budgets, writes }: State) {
    return { pausedUntil, nextWriteAt: writes.next(now()), budgets: [...budgets.values()] };
  }

  return {
    of(installationId, purpose) {
      const state = stateOf(installationId);
      return {
        until: () => mayBeSentFrom(paceOf(state), purpose, now()),
        extend(until) {
          state.pausedUntil = Math.max(state.pausedUntil, until);
        },
        backOff(at) {
          state.backOff = nextBackOff(state.backOff, at);
          return state.backOff.until;
        },
        placeForWrite(latest, repository) {
          const own = repository === null ? null : allowanceOf(state, repository);
          const ownPlace = own?.next(now()) ?? now();
          // A repository that waits for itself takes nothing from the others meanwhile
          const isHeldUp = ownPlace > now();
          const place = Math.max(state.pausedUntil, isHeldUp ? ownPlace : state.writes.next(now()));
          if (place > latest) return place;
          own?.take(now());
          if (!isHeldUp) state.writes.take(now());
          return place;
        },
        note(budget) {
          if (isWorthNoting(budget)) state.budgets.set(budget.resource, budget);
        },
      };
    },
    state: (installationId) => Promise.resolve(paceOf(stateOf(installationId))),
    close: () => Promise.resolve(),
  };
}

/** Writes that are a time apart in the long run, with a burst where it was quiet (GCRA, ITU-T I.371). */
interface Allowance {
  /** From when on the next may be sent. */
  next(now: number): number;
  take(now: number): void;
  /** Whether nothing was taken of it for so long that all of it is there again. */
  isWhole(now: number): boolean;
}

function createAllowance(apartMs: number): Allowance {
  let due = -Infinity;
  return {
    next: (now) => Math.max(now, due - (burst - 1) * apartMs),
    take: (now) => {
      due = Math.max(due, now) + apartMs;
    },
    isWhole: (now) => due <= now,
  };
}

function newState(writesApartMs: number): State {
  return {
    pausedUntil: 0,
    backOff: null,
    budgets: new Map(),
    writes: createAllowance(writesApartMs),
    writesOf: new Map(),
  };
}
