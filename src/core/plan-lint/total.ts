import { formatGpuHours } from '../units/duration.ts';
import { formatMoney } from '../units/money.ts';
import type { Figure, PlanRow } from '../plan/plan.ts';
import type { PlanCheck, PlanRemark } from './remark.ts';

/** How far a rounded total may be below the sum of its rows. */
const tolerance = 0.05;

/** The rows must fit in the total that caps them; optional ones do not count. */
export const checkTotal: PlanCheck = ({ scales, stages, total }) => {
  if (total === null) return [];
  const rows = [...scales, ...stages].filter(({ isOptional }) => !isOptional);
  const { gpuHours, cost } = total;
  const inCurrency = (row: PlanRow): Figure | null => (row.cost?.currency === cost?.currency ? row.cost : null);
  return [
    ...overTotal(gpuHours, rows, (row) => row.gpuHours, formatGpuHours),
    ...overTotal(cost, rows, inCurrency, (value) => formatMoney(value, cost?.currency ?? 'USD')),
  ];
};

function overTotal(
  total: Figure | null,
  rows: readonly PlanRow[],
  of: (row: PlanRow) => Figure | null,
  print: (value: number) => string,
): PlanRemark[] {
  const figures = rows.flatMap((row) => of(row) ?? []);
  // The low ends: a total may count on the better half of each range
  const sum = figures.reduce((all, { value, low }) => all + (low ?? value), 0);
  if (total === null || figures.length === 0 || total.isOpen === true || sum <= total.value * (1 + tolerance))
    return [];
  const message = `The rows add up to ${print(sum)}, more than the total of ${total.text}.`;
  const arithmetic = [`${figures.map(({ text }) => text).join(' + ')} = ${print(sum)}`];
  const value = figures.reduce((all, figure) => all + figure.value, 0);
  const corrections = [[{ figure: total, value, reason: 'sum of the rows' }]];
  return [{ rule: 'total-sum', level: 'warning', place: total.place, message, arithmetic, corrections }];
}
