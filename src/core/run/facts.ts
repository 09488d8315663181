import type { Place } from '../problem.ts';
import type { RunField, RunValues } from './fields.ts';

/** Who said it: whoever asks "what if", the config itself, the policy's assumptions, the plan, the catalog, or nobody (a default). */
export type Authority = 'command-line' | 'config' | 'policy' | 'plan' | 'catalog' | 'default';

/** One value with where it came from. */
export interface Fact<Value> {
  readonly value: Value;
  readonly authority: Authority;
  /** Where it is written; null for a default. */
  readonly place: Place | null;
  /** Why it was taken, where it is neither written nor knowledge: it is listed as an assumption. */
  readonly reason?: string;
  /** What it replaced, nearest first: the chain from this value back to the default. */
  readonly replaces?: Fact<Value>;
}

/** What one source states of a run: any of the fields, each with its place. */
export type Facts = { readonly [Field in RunField]?: Fact<RunValues[Field]> };

/** A config as its dialect states it: facts only, nothing assumed and nothing looked up. */
export interface StatedRun {
  readonly path: string;
  readonly dialect: string;
  readonly name: string;
  readonly facts: Facts;
  /** Keys and flags that look as if they decide what the run costs and that the dialect doesn't read; absent where there are none. */
  readonly notRead?: readonly NotRead[];
}

/** A key or flag that is there and is not in the estimate. */
export interface NotRead {
  readonly key: string;
  readonly place: Place;
}

/** A value that the config did not state: what was taken, and why that. */
export interface Assumption {
  readonly field: RunField;
  readonly value: string;
  readonly reason: string;
}

/** A figure that cannot be known, and what to add so that it can. */
export interface Unknown {
  readonly field: string;
  readonly reason: string;
}
