import { planStatus, type PlanStatus, type RowStatus } from '../../../plan/plan-status.ts';
import type { Evaluation } from '../../evaluation.ts';
import { htmlText, plainText } from '../../escape.ts';

/** Rows that are shown at most: a plan of a hundred has its own command. */
const mostRows = 12;

/**
 * Where the plan stands, folded: its rows with a finished run, those that the pull request is about, and the next. Nothing
 * where no run belongs to the plan, or where it neither records a finished run nor has a total.
 */
export function foldedPlanStatus({ plan, pairs }: Evaluation): string {
  const names = new Set(pairs.flatMap(({ head }) => (head?.row?.kind === 'row' ? [head.row.row.name] : [])));
  if (plan === null || names.size === 0) return '';
  const status = planStatus(plan);
  if (status.left.length === 0 && status.rows.every(({ state }) => state === 'planned')) return '';
  const rows = status.rows.filter(({ name, state }) => state !== 'planned' || names.has(name) || name === status.next);
  return [
    `<details>\n<summary>${summaryOf(status)}</summary>\n`,
    '| Row | Status | Finished run |\n| --- | --- | --- |',
    ...rows.slice(0, mostRows).map((row) => rowOf(row, names.has(row.name))),
    ...(rows.length > mostRows ? [`\nand ${rows.length - mostRows} more rows; see \`scalegate plan status\`.`] : []),
    '\n</details>\n\n',
  ].join('\n');
}

/** `The plan: 2 of 5 rows have a finished run, Large is next, 872 GPU-h of 1,010 GPU-h are left`. */
function summaryOf({ rows, next, left }: PlanStatus): string {
  const finished = rows.filter(({ state }) => state !== 'planned').length;
  const parts = [
    `${finished} of ${rows.length} rows have a finished run`,
    ...(next === null ? [] : [`<code>${htmlText(next, 100)}</code> is next`]),
    ...left.map((line) => htmlText(line)),
  ];
  return `The plan: ${parts.join(', ')}`;
}

function rowOf({ name, state, detail }: RowStatus, isChanged: boolean): string {
  const shown = plainText(name, 100);
  return `| ${isChanged ? `**${shown}**` : shown} | ${state} | ${plainText(detail ?? '', 200)} |`;
}
