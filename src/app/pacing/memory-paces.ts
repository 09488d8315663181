import { createPaces } from './create-paces.ts';
import { newPace, type PaceState } from './pace-state.ts';
import type { Paces, PacesOptions } from './paces.ts';

/** For one process. */
export function createMemoryPaces(options: PacesOptions = {}): Paces {
  const states = new Map<number | null, PaceState>();
  return createPaces(
    {
      read: (installationId) => Promise.resolve(states.get(installationId) ?? null),
      change(installationId, change) {
        const { state, result } = change(states.get(installationId) ?? newPace);
        states.set(installationId, state);
        return Promise.resolve(result);
      },
      close: () => Promise.resolve(),
    },
    options,
  );
}
