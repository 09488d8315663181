import { findGpu, similarGpus } from '../core/catalog/gpu.ts';
import { nearestNames } from '../core/document/nearest.ts';
import { readValue } from '../core/document/read-value.ts';
import type { Fact, Facts } from '../core/run/facts.ts';
import { isRunField, runFields, type RunField } from '../core/run/fields.ts';
import { schemaOf } from '../core/run/run-schema.ts';

/** Options that set facts of a run otherwise than its config does. */
export interface WhatIfOptions {
  readonly gpu?: string;
  readonly count?: string;
  readonly price?: string;
  readonly tokens?: string;
  /** `KEY=VALUE` each. */
  readonly set?: readonly string[];
}

/** The facts that options set. Throws, with what was meant, for a key or a value that is none. */
export function factsOf({ gpu, count, price, tokens, set = [] }: WhatIfOptions): Facts {
  const facts: Partial<Record<RunField, Fact<unknown>>> = {};
  const short: readonly (readonly [string, RunField, string | undefined])[] = [
    ['--gpu', 'hardware.gpu', gpu],
    ['--count', 'hardware.count', count],
    ['--price', 'hardware.usd_per_gpu_hour', price?.replace(/^\$/, '')],
    ['--tokens', 'training.tokens', tokens],
  ];
  const all = [...short, ...set.map(assignment)];
  for (const [option, field, text] of all) {
    if (text === undefined) continue;
    if (facts[field] !== undefined) throw new Error(`${option}: ${field} is set twice`);
    facts[field] = { value: valueOf(option, field, text), authority: 'command-line', place: null };
  }
  const { 'hardware.gpu': named, 'hardware.memory_gib': memory } = facts;
  if (named !== undefined && memory === undefined) assertKnown(String(named.value));
  // Each value was read by the schema of its own field
  return facts as Facts;
}

function assignment(text: string): readonly [string, RunField, string] {
  const [key = '', ...rest] = text.split('=');
  if (rest.length === 0) throw new Error(`--set: found "${text}", expected KEY=VALUE: training.micro_batch_size=4`);
  const field = key.trim();
  if (isRunField(field)) return [`--set ${field}`, field, rest.join('=')];
  const likely = nearestNames(field, Object.keys(runFields));
  const help = likely.length > 0 ? `did you mean ${likely.join(' or ')}?` : 'docs/run-config.md has them all';
  throw new Error(`--set: there is no fact "${field}"; ${help}`);
}

function valueOf(option: string, field: RunField, text: string): unknown {
  const { value, problem } = readValue(schemaOf(field), text.trim());
  if (problem !== null) throw new Error(`${option}: ${problem}`);
  return value;
}

function assertKnown(name: string): void {
  if (findGpu(name) !== null) return;
  const likely = similarGpus(name);
  const help = likely.length > 0 ? `did you mean ${likely.join(' or ')}?` : 'docs/gpus.md has them all.';
  throw new Error(`the catalog knows no GPU "${name}"; ${help} Of another one, add --set hardware.memory_gib=N`);
}
