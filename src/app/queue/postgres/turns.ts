import { randomUUID } from 'node:crypto';
import { PgBoss, type JobWithMetadata } from 'pg-boss';
import { systemClock } from '../../clock.ts';
import type { Database, Query } from '../../postgres/database.ts';
import { createTables, oneAtATime } from '../../postgres/tables.ts';
import { errorText } from '../error-text.ts';
import type { Job } from '../queue.ts';

/** A run has its turn as long as it says that it lives; the least that pg-boss allows. */
export const turnSeconds = 10;
const refreshSeconds = 3;

/** How often an instance looks for turns that others asked for, and for those of runs that are gone. */
const pollSeconds = 1;
const superviseSeconds = 1;

const queue = 'turns';
const schema = 'scalegate_pgboss';

/** A connection that is asked for while PostgreSQL is away has to be refused before GitHub gives up. */
const readyWithinMs = 5_000;
const startAgainMs = 1_000;

/** How long what is being said to PostgreSQL may take when the queue is closed. */
const lastWordsMs = 1_000;

interface Turn {
  readonly key: string;
}

/**
 * The turns of keys, which pg-boss gives: one at a time of a key over all instances, to another run where the one that had
 * it was killed or hangs, urgent ones first. A turn says nothing but "look at the jobs of this key": one that waits
 * stands for all that is added until it is taken, and one too many finds nothing to do.
 */
export class Turns {
  readonly #boss: PgBoss;
  readonly #database: Database;
  readonly #warn: (message: string) => void;
  readonly #closing = new AbortController();
  readonly #ready: Promise<void>;
  /** Of workers, by whether they have a turn. */
  readonly #workers = new Map<string, 'idle' | 'busy'>();

  constructor(database: Database, warn: (message: string) => void) {
    this.#database = database;
    this.#warn = warn;
    this.#boss = new PgBoss({
      schema,
      db: { executeSql: async (text, values) => ({ rows: [...(await database.query(text, values))] }) },
      schedule: false,
      registerInstance: false,
      monitorVacuum: false,
      openTelemetry: { enabled: false },
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
      maintenanceIntervalSeconds: 300,
    });
    // Outages are told of by the database
    this.#boss.on('error', (error: Error) => {
      if (!database.isOutOfReach) warn(`The queue in PostgreSQL: ${errorText(error)}`);
    });
    this.#ready = this.#prepare();
  }

  /** Resolves when tables and queue are there; rejects where PostgreSQL is away for longer than a delivery can wait. */
  async ready(): Promise<void> {
    const isReady = new AbortController();
    const late = systemClock.sleep(readyWithinMs, isReady.signal).then(() => {
      if (!isReady.signal.aborted) throw new Error('PostgreSQL is out of reach');
    });
    try {
      await Promise.race([this.#ready, late]);
    } finally {
      isReady.abort();
    }
  }

  /** Asks for the turn of a key, as a part of a transaction. */
  async ask(key: string, urgency: Job['urgency'], query: Query): Promise<void> {
    const options = { singletonKey: key, priority: urgency === 'now' ? 1 : 0, db: dbOf(query) };
    // A second one that waits, not an update of the first: that would make an urgent one wait in the background
    if (urgency === 'background') await this.#boss.send(queue, { key }, options);
    // Nothing was updated and nothing inserted: the one that waited was taken in between
    else while ((await this.#boss.upsert(queue, { key }, { ...options, startAfter: 0 })).jobs.length === 0);
  }

  /** Asks for the turn of a key after a time. Under a name of its own: an urgent one that comes first is not to swallow it. */
  async askLater(key: string, urgency: Job['urgency'], delayMs: number, query: Query): Promise<void> {
    await this.#boss.send(
      queue,
      { key },
      {
        singletonKey: `later:${randomUUID()}`,
        priority: urgency === 'now' ? 1 : 0,
        startAfter: delayMs / 1000,
        db: dbOf(query),
      },
    );
  }

  /** So many turns were asked for that are due: as many workers look now. What another instance asked for is found by polling. */
  wake(count: number): void {
    const idle = [...this.#workers].filter(([, state]) => state === 'idle');
    for (const [id] of idle.slice(0, count)) this.#boss.notifyWorker(id);
  }

  /** Has one worker more take turns. `signal` is aborted once the turn is another run's. */
  async take(work: (key: string, signal: AbortSignal) => Promise<void>): Promise<void> {
    await this.#ready;
    const id: string = await this.#boss.work(
      queue,
      {
        pollingIntervalSeconds: pollSeconds,
        heartbeatRefreshSeconds: refreshSeconds,
        includeMetadata: true,
      },
      async ([turn]: JobWithMetadata<Turn>[]) => {
        if (turn === undefined) return;
        const { key } = turn.data;
        this.#workers.set(id, 'busy');
        try {
          if (turn.singletonKey === key) await work(key, turn.signal);
          else
            await this.#database.transaction((query) => this.ask(key, turn.priority > 0 ? 'now' : 'background', query));
        } finally {
          this.#workers.set(id, 'idle');
          // The next one may wait already
          this.#boss.notifyWorker(id);
        }
      },
    );
    this.#workers.set(id, 'idle');
  }

  /** Takes no more turns. */
  async rest(): Promise<void> {
    await this.#boss.offWork(queue, { wait: false });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#ready;
    await this.#boss.stop({ timeout: lastWordsMs });
  }

  /** Tries until PostgreSQL is there: an App that starts in an outage works when it is over. */
  async #prepare(): Promise<void> {
    const { signal } = this.#closing;
    const isClosing = () => signal.aborted;
    let told = '';
    while (!isClosing()) {
      try {
        await createTables(this.#database);
        await oneAtATime(this.#database, () => this.#startBoss());
        return;
      } catch (error) {
        const problem = errorText(error);
        if (!this.#database.isOutOfReach && !isClosing() && problem !== told) {
          this.#warn(`The queue in PostgreSQL can't be used: ${problem}`);
          told = problem;
        }
        await systemClock.sleep(startAgainMs, signal);
      }
    }
  }

  async #startBoss(): Promise<void> {
    this.#closing.signal.throwIfAborted();
    await this.#boss.start();
    const options = {
      heartbeatSeconds: turnSeconds,
      // The jobs count their own tries; a turn goes on until its run ends it
      retryLimit: 1_000_000,
      expireInSeconds: 24 * 3600 - 1,
      deleteAfterSeconds: 60,
      // It waits for as long as its jobs do, also where no instance runs
      retentionSeconds: 365 * 24 * 3600,
    };
    await this.#boss.createQueue(queue, { ...options, policy: 'singleton' });
    await this.#boss.updateQueue(queue, options);
  }
}

function dbOf(query: Query) {
  return { executeSql: async (text: string, values?: unknown[]) => ({ rows: [...(await query(text, values))] }) };
}
