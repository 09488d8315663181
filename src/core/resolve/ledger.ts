import type { Assumption, Fact, Facts, StatedRun, Unknown } from '../run/facts.ts';
import type { RunField, RunValues } from '../run/fields.ts';
import { mergeFacts } from '../run/merge-facts.ts';
import { startOf, type Place, type Problem } from '../problem.ts';

/**
 * What is known of one run while it is filled in. Every default that is taken leaves an assumption behind, so that
 * nothing is guessed in silence; every source but the config itself is named in one.
 */
export class Ledger {
  readonly assumptions: Assumption[] = [];
  readonly unknown: Unknown[] = [];
  readonly problems: Problem[] = [];
  readonly dialect: string;
  readonly #path: string;
  #facts: Facts;

  constructor({ path, dialect, facts }: Pick<StatedRun, 'path' | 'dialect' | 'facts'>) {
    this.#path = path;
    this.dialect = dialect;
    this.#facts = facts;
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** Adds what a weaker source states; what is already known stays, and remembers what it replaces. */
  addWeaker(weaker: Facts): void {
    this.#facts = mergeFacts(this.#facts, weaker);
  }

  /** The value of a field, or null when no source states it. What others than the config say is an assumption. */
  stated<Field extends RunField>(field: Field): RunValues[Field] | null {
    const fact = this.#facts[field];
    if (fact === undefined) return null;
    if (isAssumed(field, fact)) this.assume(field, fact.value, said(fact));
    return fact.value;
  }

  /** The value of a field, or the default with the reason for it, which becomes an assumption. */
  value<Field extends RunField>(field: Field, fallback: RunValues[Field], reason: string): RunValues[Field] {
    const value = this.stated(field);
    if (value !== null) return value;
    this.assume(field, fallback, reason);
    return fallback;
  }

  /** The value of a field where the usual default is too plain to be worth a line in the report. */
  valueOr<Field extends RunField>(field: Field, fallback: RunValues[Field]): RunValues[Field] {
    return this.stated(field) ?? fallback;
  }

  /** Whether the config, or what launches it, says so itself: nothing that is taken for granted or set for many files. */
  isFromConfig(field: RunField): boolean {
    const fact = this.#facts[field];
    return fact !== undefined && isStatedOfRun(fact) && fact.reason === undefined;
  }

  /** Whether a contradiction can hang on it: it is the config's own, or knowledge of the model that it names. */
  isCertain(field: RunField): boolean {
    const fact = this.#facts[field];
    if (fact === undefined) return field.startsWith('model.');
    const isKnowledge = fact.authority === 'catalog' || (fact.authority === 'default' && field.startsWith('model.'));
    return this.isFromConfig(field) || (isKnowledge && fact.reason === undefined);
  }

  /** The fields that some source states, each under its key; those that nobody states are absent. */
  statedOnly<Keys extends Readonly<Record<string, RunField>>>(
    keys: Keys,
  ): { readonly [Key in keyof Keys]?: RunValues[Keys[Key]] } {
    const values = Object.entries(keys).map(([key, field]) => [key, this.stated(field)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== null)) as {
      [Key in keyof Keys]?: RunValues[Keys[Key]];
    };
  }

  assume(field: RunField, value: unknown, reason: string): void {
    const text = String(value);
    if (this.assumptions.some((known) => known.field === field && known.value === text)) return;
    this.assumptions.push({ field, value: text, reason });
  }

  cannotKnow(field: string, reason: string): void {
    if (this.unknown.some((entry) => entry.field === field)) return;
    this.unknown.push({ field, reason });
  }

  /** Two stated values that cannot both hold, or one that names nothing known. */
  problem(code: string, field: RunField, message: string, hint: string): void {
    this.problems.push({ code, place: this.placeOf(field), key: field, message, hint });
  }

  placeOf(field: RunField): Place {
    return this.#facts[field]?.place ?? startOf(this.#path);
  }
}

/** Said of this very run, in its config or by whoever asks for it with other values. */
export function isStatedOfRun({ authority }: Fact<unknown>): boolean {
  return authority === 'config' || authority === 'command-line';
}

/** What a model's type implies is knowledge of that model; what a trainer does by default may have been overridden. */
function isAssumed(field: RunField, { authority, reason }: Fact<unknown>): boolean {
  if (reason !== undefined) return true;
  if (authority === 'default') return !field.startsWith('model.');
  return authority === 'policy' || authority === 'plan';
}

function said({ authority, place, reason }: Fact<unknown>): string {
  if (reason !== undefined) return reason;
  if (authority === 'default') return "not stated; the trainer's default";
  const where = place === null ? '' : ` (${place.path}:${place.line})`;
  return authority === 'policy' ? `assumed by the policy${where}` : `assumed by the plan${where}`;
}
