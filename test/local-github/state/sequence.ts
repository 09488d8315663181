const start = Date.UTC(2026, 0, 1);

/** Ids and timestamps that are the same in every run: each is the one after the last. */
export class Sequence {
  #id = 1000;
  #minute = 0;

  nextId(): number {
    this.#id += 1;
    return this.#id;
  }

  /** ISO 8601 in UTC, without fractions of a second, as GitHub writes it. */
  nextInstant(): string {
    this.#minute += 1;
    return new Date(start + this.#minute * 60_000).toISOString().replace('.000Z', 'Z');
  }
}
