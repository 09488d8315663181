import { startOf, type Place } from '../problem.ts';
import type { Fact, Facts } from '../run/facts.ts';
import type { Figure, Plan, PlanRow } from './plan.ts';

/** Something that a plan, or a policy, says otherwise than before. */
export interface GuardChange {
  readonly place: Place;
  /** `XL: memory ~80 GB → ~160 GB`, `rules.budget.max_cost_usd: 1000 → 5000`. */
  readonly what: string;
}

type FigureName = {
  [Key in keyof PlanRow]: PlanRow[Key] extends Figure | null ? Key : never;
}[keyof PlanRow];

const figures: readonly (readonly [FigureName, string])[] = [
  ['parameters', 'parameters'],
  ['tokens', 'tokens'],
  ['samples', 'samples'],
  ['steps', 'steps'],
  ['gpuCount', 'GPUs'],
  ['gpuHours', 'GPU-hours'],
  ['wallClockHours', 'time'],
  ['cost', 'cost'],
  ['modelMemoryBytes', 'model memory'],
  ['activationMemoryBytes', 'activation memory'],
  ['memoryBytes', 'memory'],
  ['dataHours', 'data'],
  ['usdPerMillionTokens', 'inference cost'],
];

/** What a plan says otherwise than before, row by row; null for a plan that is not there or can't be read. */
export function planChanges(before: Plan | null, after: Plan | null): readonly GuardChange[] {
  if (before === null || after === null) {
    const there = after ?? before;
    if (there === null) return [];
    return [{ place: startOf(there.path), what: after === null ? 'no plan' : 'a plan where there was none' }];
  }
  const [was, is] = [rowsOf(before), rowsOf(after)];
  const rows = [...new Set([...is.keys(), ...was.keys()])].flatMap((name) => {
    return rowChange(name, was.get(name), is.get(name), after.path) ?? [];
  });
  return [
    ...rows,
    ...factChanges(before.facts, after.facts, after.path),
    ...factChanges(before.baseline, after.baseline, after.path),
    ...recommendationChanges(before, after),
  ];
}

function rowsOf({ scales, stages }: Plan): ReadonlyMap<string, PlanRow> {
  return new Map([...scales, ...stages].map((row) => [row.name, row]));
}

/** `XL: memory ~80 GB → ~160 GB, cost ~$30000 → ~$90000`. */
function rowChange(
  name: string,
  before: PlanRow | undefined,
  after: PlanRow | undefined,
  path: string,
): GuardChange | null {
  if (after === undefined) return { place: startOf(path), what: `${name} is removed` };
  if (before === undefined) return { place: after.place, what: `${name} is added` };
  const changed = figures.flatMap(([figure, label]) => {
    const [old, now] = [before[figure], after[figure]];
    return old?.text === now?.text ? [] : [{ place: now?.place, what: `${label} ${textOf(old)} → ${textOf(now)}` }];
  });
  const evidence = before.validation?.link === after.validation?.link ? [] : [evidenceOf(after)];
  const all = [...changed, ...evidence];
  const [first] = all;
  if (first === undefined) return null;
  return { place: first.place ?? after.place, what: `${name}: ${all.map(({ what }) => what).join(', ')}` };
}

function evidenceOf({ validation }: PlanRow): { place: Place | undefined; what: string } {
  if (validation === null) return { place: undefined, what: 'its finished run is removed' };
  return { place: validation.place, what: `a finished run, ${validation.link}` };
}

function textOf(figure: Figure | null): string {
  return figure?.text ?? 'nothing';
}

function factChanges(before: Facts, after: Facts, path: string): GuardChange[] {
  const [was, is]: Readonly<Record<string, Fact<unknown>>>[] = [before, after];
  return [...new Set([...Object.keys(is ?? {}), ...Object.keys(was ?? {})])].flatMap((field) => {
    const [old, now] = [was?.[field], is?.[field]];
    const [from, to] = [old, now].map((fact) => (fact === undefined ? 'nothing' : JSON.stringify(fact.value)));
    return from === to ? [] : [{ place: now?.place ?? startOf(path), what: `${field} ${from ?? ''} → ${to ?? ''}` }];
  });
}

function recommendationChanges(
  { recommendations: before }: Plan,
  { recommendations: after, path }: Plan,
): GuardChange[] {
  const said = (['growthFactor', 'checkpointShare', 'augmentationFactor'] as const).flatMap((name) => {
    const [old, now] = [before[name], after[name]];
    if (old?.value === now?.value) return [];
    return [{ place: now?.place ?? startOf(path), what: `recommendation "${textOf(old)}" → "${textOf(now)}"` }];
  });
  const [old, now] = [before.monitor, after.monitor].map((names) => names?.join(', ') ?? 'nothing');
  return old === now ? said : [...said, { place: startOf(path), what: `what is logged ${old ?? ''} → ${now ?? ''}` }];
}
