import {
  backedOff,
  isWorthNoting,
  newPace,
  noted,
  paced,
  paused,
  placeOf,
  writesApartMs as standard,
} from './pace-state.ts';
import type { PaceState } from './pace-state.ts';
import { mayBeSentFrom, type Paces, type PacesOptions } from './paces.ts';

/** Where the state of each installation is kept; null is the app itself. */
export interface PaceStore {
  read(installationId: number | null): Promise<PaceState | null>;
  /** Nobody else changes it in between. */
  change<Result>(
    installationId: number | null,
    change: (state: PaceState) => { readonly state: PaceState; readonly result: Result },
  ): Promise<Result>;
  close(): Promise<void>;
}

export function createPaces(store: PaceStore, options: PacesOptions): Paces {
  const { now = Date.now, writesApartMs = standard } = options;
  const state = async (installationId: number | null) => {
    return paced((await store.read(installationId)) ?? newPace, writesApartMs, now());
  };
  return {
    of: (installationId, purpose) => ({
      until: async () => mayBeSentFrom(await state(installationId), purpose, now()),
      extend: (until) => store.change(installationId, (known) => ({ state: paused(known, until), result: undefined })),
      backOff: (at) =>
        store.change(installationId, (known) => {
          const next = backedOff(known, at);
          return { state: next, result: next.backOff.until };
        }),
      placeForWrite: (latest, repository) =>
        store.change(installationId, (known) => placeOf(known, repository, { latest, now: now(), writesApartMs })),
      async note(budget) {
        if (!isWorthNoting(budget)) return;
        await store.change(installationId, (known) => ({ state: noted(known, budget), result: undefined }));
      },
    }),
    state,
    close: () => store.close(),
  };
}
