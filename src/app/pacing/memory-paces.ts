import { nextBackOff, type BackOff } from '../../github/back-off.ts';
import type { Budget } from '../../github/rate-limit.ts';
import * as standard from './paces.ts';
import { creationsFor, hourMs, isWorthNoting, mayBeSentFrom, type Paces, type PacesOptions } from './paces.ts';

interface State {
  pausedUntil: number;
  nextWriteAt: number;
  backOff: BackOff | null;
  /** When the latest were made, oldest first. */
  readonly creations: number[];
  readonly budgets: Map<string, Budget>;
}

/** For one process. */
export function createMemoryPaces(options: PacesOptions = {}): Paces {
  const { now = Date.now, writesApartMs = standard.writesApartMs } = options;
  const { mostCreationsAnHour = standard.mostCreationsAnHour } = options;
  const states = new Map<number | null, State>();

  function stateOf(installationId: number | null): State {
    const state = states.get(installationId) ?? newState();
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
        backOff(at) {
          state.backOff = nextBackOff(state.backOff, at);
          return state.backOff.until;
        },
        placeForWrite(latest, creates) {
          const { creations, nextWriteAt, pausedUntil } = state;
          const firstOfHour = creates ? creations.at(-creationsFor(purpose, mostCreationsAnHour)) : undefined;
          const hourIsOver = (firstOfHour ?? -Infinity) + hourMs;
          const place = Math.max(now(), nextWriteAt, pausedUntil, hourIsOver);
          if (place > latest) return place;
          state.nextWriteAt = place + writesApartMs;
          if (creates) creations.push(place);
          if (creations.length > mostCreationsAnHour) creations.shift();
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

function newState(): State {
  return { pausedUntil: 0, nextWriteAt: 0, backOff: null, creations: [], budgets: new Map<string, Budget>() };
}
