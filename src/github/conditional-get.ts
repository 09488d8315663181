import type { z } from 'zod';
import type { GitHubClient } from './client.ts';
import { statusOf } from './status-of.ts';

interface Remembered {
  readonly etag: string;
  readonly data: unknown;
}

/** Of a page of a hundred pull requests a few kilobytes are kept. */
const most = 5_000;

/**
 * Reads what GitHub was asked before, for nothing while it is unchanged: an answer 304 does not count against the limit
 * ("Best practices for using the REST API"). `scope` keeps apart what different tokens may see.
 */
export class ConditionalGet {
  readonly #remembered = new Map<string, Remembered>();

  async get<Schema extends z.ZodType>(
    client: GitHubClient,
    scope: string,
    route: `GET ${string}`,
    parameters: Readonly<Record<string, string | number>>,
    schema: Schema,
  ): Promise<z.infer<Schema>> {
    const name = JSON.stringify([scope, route, parameters]);
    const known = this.#remembered.get(name);
    const headers = known === undefined ? {} : { 'if-none-match': known.etag };
    try {
      const response = await client.request(route, { ...parameters, headers });
      const data = schema.parse(response.data);
      if (response.headers.etag !== undefined) this.#remember(name, { etag: response.headers.etag, data });
      return data;
    } catch (error) {
      if (known === undefined || statusOf(error) !== 304) throw error;
      this.#remember(name, known);
      // Parsed with the schema that its name was asked with
      return known.data as z.infer<Schema>;
    }
  }

  /** What was used last is forgotten last. */
  #remember(name: string, remembered: Remembered): void {
    this.#remembered.delete(name);
    this.#remembered.set(name, remembered);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > most && oldest !== undefined) this.#remembered.delete(oldest);
  }
}
