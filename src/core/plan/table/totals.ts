import type { Figure, PlanTotal } from '../plan.ts';
import type { FigureMeaning } from './meaning.ts';
import type { TableRow } from './table-row.ts';

const named =
  /^(?:(?:grand|overall|budget|compute|project) )?totals?\b|^(?:sub-?total|sum|Σ|everything|overall|all (?:stages|phases|runs|experiments|in)|gesamt|summe|somme|insgesamt)\b|\btotals?$|^(?:hard |budget |overall )?(?:ceiling|cap)$/i;
/** Names of rows that may be sums of others, and are where the arithmetic says so. */
const joining = /^(?:minimum|full|complete|both|all)\b|\+|&|\band\b/i;
const optional =
  /\b(?:optional|stretch|if needed|if budget allows|nice to have|not recommended|costed only|contingent|fallback)\b|^(?:option|alternative|scenario)\b/i;

/** What a row adds to a sum. */
const additive: readonly FigureMeaning[] = ['gpuHours', 'tokens', 'wallClock'];

export function isOptional({ name, status, notes }: TableRow): boolean {
  return (
    optional.test(name) ||
    (status !== null && optional.test(status)) ||
    (notes !== null && /^(?:optional|costed only|not recommended|stretch)\b/i.test(notes))
  );
}

/** Rows of work, and the rows that sum others up: by their name, or by arithmetic where the name only hints at it. */
export function splitTotals(all: readonly TableRow[]): { rows: readonly TableRow[]; totals: readonly TableRow[] } {
  const rows: TableRow[] = [];
  const totals: TableRow[] = [];
  for (const row of all) (named.test(row.name) || isSum(row, rows) ? totals : rows).push(row);
  return { rows, totals };
}

/** A row whose figures are the sums of all rows above, or of those that are not optional. */
function isSum(row: TableRow, above: readonly TableRow[]): boolean {
  const isWork = (['parameters', 'gpuCount', 'steps', 'samples'] as const).some((meaning) => row.figures.has(meaning));
  if (isWork || above.length < 2) return false;
  const sums = [above, above.filter((other) => !isOptional(other))].map((rows) => matchingSums(row, rows));
  const most = Math.max(...sums);
  return (
    most >= 2 ||
    (most === 1 &&
      (joining.test(row.name) ||
        (above.length > 2 && row.filled * 2 <= Math.max(...above.map(({ filled }) => filled)))))
  );
}

/** How many of a row's figures are sums of the others; none where one is not. */
function matchingSums(row: TableRow, rows: readonly TableRow[]): number {
  let matching = 0;
  for (const value of [
    ...additive.map((meaning) => (other: TableRow) => other.figures.get(meaning)),
    ({ cost }: TableRow) => cost ?? undefined,
  ]) {
    const own = value(row);
    const parts = rows.flatMap((other) => value(other) ?? []);
    if (own === undefined || parts.length < 2) continue;
    const high = parts.reduce((sum, part) => sum + part.value, 0);
    const low = parts.reduce((sum, part) => sum + (part.low ?? part.value), 0);
    if (own.value < low * 0.97 || own.value > high * 1.03) return 0;
    matching += 1;
  }
  return matching;
}

/** The cap of all rows: of several totals the one that the rows which are not optional add up to, else the last. */
export function totalOf(totals: readonly TableRow[], rows: readonly TableRow[]): PlanTotal | null {
  const meant = rows.filter((row) => !isOptional(row));
  const whole = totals.filter(({ name }) => !/^sub-?total/i.test(name));
  const own = whole.findLast((total) => matchingSums(total, meant) > 0) ?? whole.at(-1);
  if (own === undefined) return null;
  const gpuHours: Figure | null = own.figures.get('gpuHours') ?? null;
  return gpuHours === null && own.cost === null ? null : { gpuHours, cost: own.cost, place: own.place };
}
