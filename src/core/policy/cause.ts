import { figuresOf, type Figure } from '../estimate/figures.ts';
import type { Edit } from '../attribution/edit.ts';
import { startOf, type Place } from '../problem.ts';
import { runFields, type RunField } from '../run/fields.ts';
import type { RunPair } from './rule.ts';

/**
 * The line that makes a figure what it is: that of the edit which alone raises it most, else of the one which alone moves
 * it most. Where no edit moves it, as in a new config, the first line that describes the model, else the first that
 * states anything.
 */
export function causeOf(pair: RunPair, figure: Figure): Place {
  const raising = pair.edits.toSorted((one, other) => growth(pair, other, figure) - growth(pair, one, figure));
  const moving = raising.filter((edit) => growth(pair, edit, figure) !== 0);
  const cause = raising.find((edit) => growth(pair, edit, figure) > 0) ?? moving.at(-1);
  // runFields is the closed list of fields, so its keys are exactly RunField
  const fields = (Object.keys(runFields) as RunField[]).filter((field) => field !== 'name');
  return cause?.place ?? lineOf(pair, [...fields.filter((field) => field.startsWith('model.')), ...fields]);
}

/** The first line at which the config states one of some fields, one that the pull request changes before others. */
export function lineOf(pair: RunPair, fields: readonly RunField[]): Place {
  const changed = fields.map((field) => pair.edits.find((edit) => edit.to !== null && edit.fields.includes(field)));
  const stated = fields.map((field) => statedAt(pair, field));
  return (
    changed.find((edit) => edit !== undefined)?.place ?? stated.find((place) => place !== null) ?? startOf(pair.path)
  );
}

/** What the figure gained by one edit alone. One that made it unknown gained everything. */
function growth({ head }: RunPair, { without }: Edit, figure: Figure): number {
  const before = without[figure];
  const after = head === null ? null : figuresOf(head)[figure];
  if (before === null) return 0;
  return after === null ? Number.MAX_VALUE : after - before;
}

/** The config's own word; values of policy and plan stand in files that the finding is not about. */
function statedAt({ head }: RunPair, field: RunField): Place | null {
  const fact = head?.run.facts[field];
  return fact?.authority === 'config' ? fact.place : null;
}
