import { afterEach, beforeEach, describe, inject } from 'vitest';
import { queueKinds, type QueueKind, type QueuePlace } from './queue-places.ts';

/** Both kinds, on the server of these tests. */
export const testedQueues = queueKinds(inject('postgresUrl'));

/** Declares tests once for the queue in SQLite and once for that in PostgreSQL: each test has a place of its own. */
export function onEachQueue(declareTests: (place: Omit<QueuePlace, 'close'>, kind: QueueKind) => void): void {
  for (const kind of testedQueues) {
    describe.skipIf(kind.skip)(`the queue in ${kind.name}`, () => {
      let created: QueuePlace | null = null;
      const here = () => {
        if (created === null) throw new Error('a queue has its place within a test only');
        return created;
      };
      beforeEach(async () => {
        created = await kind.create();
      });
      afterEach(() => here().close());

      const place = {
        get location() {
          return here().location;
        },
        open: (options = {}) => here().open(options),
        deleteAll: () => here().deleteAll(),
      } satisfies Omit<QueuePlace, 'close'>;
      declareTests(place, kind);
    });
  }
}
