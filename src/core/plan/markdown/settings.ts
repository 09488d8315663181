import type { Problem } from '../../problem.ts';
import { showText } from '../../document/show-value.ts';
import type { Fact, Facts } from '../../run/facts.ts';
import { runFields, type RunField } from '../../run/fields.ts';
import type { Table } from '../table/table.ts';
import { isNotGiven } from './not-given.ts';
import type { Section } from './sections.ts';
import { fieldsOf, type Setting } from './setting-names.ts';
import { cut, plainText, type Span } from './span.ts';

/** What the plan says of every run, and of the model that it starts from. */
export interface SettingsReading {
  readonly facts: Facts;
  readonly baseline: Facts;
  readonly problems: readonly Problem[];
}

interface Pair {
  readonly key: Span;
  readonly value: Span;
}

/**
 * Reads "name: value" items and two-column tables of names and values. The section that describes a model is the
 * baseline (one headed so, else the first); the section that states how runs train is the assumptions.
 */
export function readSettings(sections: readonly Section[]): SettingsReading {
  const described = sections.map((section) => ({ heading: section.heading, settings: settingsOf(section) }));
  const isModel = ({ field }: Setting) => field.startsWith('model.') && field !== 'model.max_position_embeddings';
  const models = described.filter(({ settings }) => settings.some(isModel));
  const trainings = described.filter(({ settings }) => settings.length > 0 && !settings.some(isModel));
  const baseline = models.find(({ heading }) => /\bbase/i.test(heading)) ?? models[0];
  const assumptions = trainings.find(({ heading }) => /\b(?:assum|comput|hardware)/i.test(heading)) ?? trainings[0];
  const problems: Problem[] = [];
  return {
    facts: factsOf(assumptions?.settings ?? [], problems),
    baseline: factsOf(baseline?.settings ?? [], problems),
    problems,
  };
}

function settingsOf({ tables, items }: Section): Setting[] {
  return [...tables.flatMap(pairsOfTable), ...items.flatMap(pairOfItem)].flatMap(({ key, value }) =>
    isNotGiven(plainText(value)) ? [] : fieldsOf(plainText(key), value),
  );
}

function pairsOfTable({ header, rows }: Table): Pair[] {
  const [first, second] = header;
  if (
    first === undefined ||
    second === undefined ||
    !/^(?:values?|settings?|default|baseline)$/i.test(plainText(second))
  )
    return [];
  return rows.flatMap(({ cells: [key, value] }) => (key === undefined || value === undefined ? [] : [{ key, value }]));
}

function pairOfItem(item: Span): Pair[] {
  const colon = item.source.indexOf(':');
  if (colon < 1 || colon > 60) return [];
  return [{ key: cut(item, 0, colon), value: cut(item, colon + 1, item.source.length) }];
}

function factsOf(settings: readonly Setting[], problems: Problem[]): Facts {
  const facts: Partial<Record<RunField, Fact<unknown>>> = {};
  for (const { field, value, span, expected } of settings) {
    const parsed = value === null ? null : runFields[field].safeParse(value);
    if (parsed?.success !== true) {
      const message = `${showText(plainText(span))} cannot be read.`;
      problems.push({
        code: 'unreadable-setting',
        place: span.place,
        key: field,
        message,
        hint: `Expected ${expected}.`,
      });
      continue;
    }
    facts[field] ??= { value: parsed.data, authority: 'plan', place: span.place };
  }
  // Each value has just been read by the schema of its own field
  return facts as Facts;
}
