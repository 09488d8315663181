import type { Plan } from '../../../plan/plan.ts';
import type { Place } from '../../../problem.ts';
import type { RunField } from '../../../run/fields.ts';
import type { TrainingRun } from '../../../run/training-run.ts';

/** What the plan assumes of every run, in words. */
const assumed: readonly (readonly [RunField, string])[] = [
  ['training.micro_batch_size', 'micro batch'],
  ['training.sequence_length', 'sequence length'],
  ['training.precision', 'precision'],
  ['hardware.gpu', 'GPU'],
];

/** What its baseline is, which a config at the smallest scale is held to. */
const baseline: readonly (readonly [RunField, string])[] = [
  ['model.hidden_size', 'hidden size'],
  ['model.num_layers', 'layers'],
  ['model.num_attention_heads', 'heads'],
];

/** Where a run differs from what the plan assumes, or at the smallest scale from its baseline; null where it does not. */
export function describeOtherAssumptions(
  { facts, model, parameters, hardware }: TrainingRun,
  plan: Plan,
): { readonly message: string; readonly place: Place; readonly count: number } | null {
  const smallest = plan.scales[0];
  const isSmallest =
    model !== null &&
    parameters !== null &&
    smallest !== undefined &&
    parameters.total <= smallest.parameters.value * 1.25;
  const held = [
    ...assumed.map(([field, name]) => ({ field, name, theirs: plan.facts[field] })),
    ...(isSmallest ? baseline.map(([field, name]) => ({ field, name, theirs: plan.baseline[field] })) : []),
  ];
  const others = held.flatMap(({ field, name, theirs }) => {
    const fact = facts[field];
    if (theirs === undefined || fact === undefined || fact.authority === 'plan' || fact.place === null) return [];
    const ours = field === 'hardware.gpu' ? (hardware.gpu?.name ?? fact.value) : fact.value;
    return isSame(ours, theirs.value)
      ? []
      : [{ words: `${name} ${show(ours)} instead of ${show(theirs.value)}`, place: fact.place }];
  });
  const [first] = others;
  if (first === undefined) return null;
  const list = others.map(({ words }) => words).join(', ');
  return {
    message: `The run differs from what ${plan.path} assumes: ${list}.`,
    place: first.place,
    count: others.length,
  };
}

/** "BF16" of a plan means either way of computing in it, and a card has many names. */
function isSame(ours: unknown, theirs: unknown): boolean {
  const [one, other] = [plain(ours), plain(theirs)];
  return one === other || (typeof ours === 'string' && (one.includes(other) || other.includes(one)));
}

function plain(value: unknown): string {
  return String(value)
    .toLowerCase()
    .replace(/-mixed$/, '')
    .replaceAll(/nvidia|gib|gb|sxm\d?|pcie|[^a-z0-9]/g, '');
}

function show(value: unknown): string {
  return typeof value === 'number' ? value.toLocaleString('en-US') : String(value);
}
