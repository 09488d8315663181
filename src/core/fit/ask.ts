import { estimateConfig, type ConfigReading } from '../estimate-config.ts';
import type { Guards } from '../guards.ts';
import type { EstimatedRun } from '../policy/rule.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import type { Fact, Facts } from '../run/facts.ts';
import type { RunField, RunValues } from '../run/fields.ts';
import { withGiven } from '../run/what-if.ts';

/** A config that is asked about, and what it is held against. */
export interface ConfigQuestion {
  readonly path: string;
  readonly files: OpenedFiles;
  readonly guards: Guards;
  /** `2026-11-23`, so that an old list price can say so. */
  readonly today?: string;
}

/** Facts to take instead of what is stated. */
export type Changes = { readonly [Field in RunField]?: RunValues[Field] };

/** The config with some facts set otherwise, read and estimated like any other. */
export function ask({ path, files, guards, today }: ConfigQuestion, changes: Changes = {}): ConfigReading {
  const given = withGiven(guards.given ?? {}, factsOf(changes));
  return estimateConfig(path, files, { ...guards, given }, today ?? null);
}

/** The same where it contradicts nothing; else null. */
export function askFor(question: ConfigQuestion, changes: Changes = {}): EstimatedRun | null {
  const { estimated, problems } = ask(question, changes);
  return problems.length > 0 ? null : estimated;
}

/** Whether the likely peak is within what the limit leaves. */
export function fits({ estimate: { memory }, limit }: EstimatedRun): boolean {
  return memory !== null && limit !== null && memory.peakBytes <= limit.usableBytes;
}

function factsOf(changes: Changes): Facts {
  const entries = Object.entries(changes).map(([field, value]): [string, Fact<unknown>] => [
    field,
    { value, authority: 'command-line', place: null },
  ]);
  // Each value is that of its own field
  return Object.fromEntries(entries);
}
