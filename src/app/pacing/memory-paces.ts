import type { Budget } from '../../github/patience.ts';
import { isWorthNoting, mayBeSentFrom, writesApartMs as writesApart, type Paces, type PacesOptions } from './paces.ts';

interface State {
  pausedUntil: number;
  nextWriteAt: number;
  readonly budgets: Map<string, Budget>;
}

/** For one process. */
export function createMemoryPaces({ now = Date.now, writesApartMs = writesApart }: PacesOptions = {}): Paces {
  const states = new Map<number | null, State>();

  function stateOf(installationId: number | null): State {
    const state = states.get(installationId) ?? { pausedUntil: 0, nextWriteAt: 0, budgets: new Map<string, Budget>() };
    states.set(installationId, state);
    return state;
  }

  function paceOf({ pausedUntil, nextWriteAt, budgets }: State) {
    return { pausedUntil, nextWriteAt, budgets: [...budgets.values()] };
  }

  return {
    of(installationId, purpose) {
      const state = stateOf(installationId);
      return {
        until: () => mayBeSentFrom(paceOf(state), purpose, now()),
        extend(until) {
          state.pausedUntil = Math.max(state.pausedUntil, until);
        },
        placeForWrite(latest) {
          const place = Math.max(now(), state.nextWriteAt, state.pausedUntil);
          if (place <= latest) state.nextWriteAt = place + writesApartMs;
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
