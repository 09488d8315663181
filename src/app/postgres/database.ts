import { DatabaseError, Pool, type PoolClient } from 'pg';

/** Runs one statement, and returns its rows. Whoever asks says what they are. */
export type Query = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
export type Row = Readonly<Record<string, unknown>>;

export interface DatabaseOptions {
  /** Told once when it goes out of reach, and once when it is back. */
  readonly warn: (message: string) => void;
  /** At most so many connections. */
  readonly connections: number;
}

/** GitHub waits 10 s for the answer to a delivery: connecting and one statement fit into that. */
const connectTimeoutMs = 3_000;
const queryTimeoutMs = 5_000;

const mostTries = 3;

/**
 * A PostgreSQL that answers soon or not at all: no statement waits for longer than the time-outs, and a connection that
 * was lost is made anew for the next one. Connects when it is first asked something.
 */
export class Database {
  readonly #pool: Pool;
  readonly #warn: (message: string) => void;
  #isOutOfReach = false;
  #isClosed = false;
  /** By a clock that nobody sets. */
  #lastAnswerAt = performance.now();

  constructor(url: string, { connections, warn }: DatabaseOptions) {
    this.#warn = warn;
    this.#pool = new Pool({
      connectionString: url,
      max: connections,
      application_name: 'scalegate',
      connectionTimeoutMillis: connectTimeoutMs,
      // The client's own, for a server or a network that is silent, and the server's, which frees what it held
      query_timeout: queryTimeoutMs,
      statement_timeout: queryTimeoutMs,
      idle_in_transaction_session_timeout: 2 * queryTimeoutMs,
      keepAlive: true,
    });
    // Of connections that nobody uses: whether PostgreSQL is there, the next statement tells. Unheard it would end the process
    this.#pool.on('error', () => undefined);
  }

  /** How long ago it last answered, even if only to refuse. */
  get silentMs(): number {
    return performance.now() - this.#lastAnswerAt;
  }

  get isOutOfReach(): boolean {
    return this.#isOutOfReach;
  }

  readonly query: Query = (text, values) => this.#noting(() => ask(this.#pool, text, values));

  /**
   * Does all of `work` or none of it; what a failed commit did is not known. What was ended for a deadlock is done again
   * ("Deadlocks"): an instance of another version that changes tables locks them in an order of its own.
   */
  async transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#transactionOnce(work);
      } catch (error) {
        if (!isDeadlock(error) || tries === mostTries) throw error;
      }
    }
  }

  async #transactionOnce<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return await this.#noting(async () => {
      const client = await this.#pool.connect();
      // A connection that breaks in between says so twice: to the statement, and here, where unheard it would end the process
      const broken = (): void => undefined;
      client.on('error', broken);
      try {
        await client.query('BEGIN');
        const result = await work((text, values) => ask(client, text, values));
        await client.query('COMMIT');
        client.off('error', broken);
        client.release();
        return result;
      } catch (error) {
        // Closing it rolls back, and a connection in an unknown state is of no use to others
        client.release(true);
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#pool.end();
  }

  async #noting<Result>(work: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    try {
      const result = await work();
      this.#noteAnswer();
      return result;
    } catch (error) {
      if (isAnswer(error)) this.#noteAnswer();
      // What began before the last answer is left over from an outage that is over
      else if (startedAt >= this.#lastAnswerAt) this.#noteFailure(error);
      throw error;
    }
  }

  #noteAnswer(): void {
    this.#lastAnswerAt = performance.now();
    if (this.#isOutOfReach) this.#warn('PostgreSQL is back');
    this.#isOutOfReach = false;
  }

  #noteFailure(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    if (!this.#isOutOfReach && !this.#isClosed) {
      this.#warn(`PostgreSQL is out of reach, deliveries are refused until it is back: ${reason}`);
    }
    this.#isOutOfReach = true;
  }
}

async function ask(client: Pool | PoolClient, text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
  // pg-boss sends several statements at once, which takes the protocol without values and is answered by a list
  const answer: unknown = await (values.length === 0 ? client.query(text) : client.query(text, [...values]));
  return [answer as Answer | readonly Answer[]].flat().flatMap(({ rows }) => rows);
}

interface Answer {
  readonly rows: readonly Row[];
}

function isDeadlock(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '40P01';
}

/** What a server says that works; classes 53, 57P and 58 are of one that starts, stops or is full ("PostgreSQL Error Codes"). */
function isAnswer(error: unknown): boolean {
  return error instanceof DatabaseError && !/^(?:53|57P|58)/.test(error.code ?? '');
}
