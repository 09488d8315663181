import { formatGib } from '../../units/bytes.ts';
import { formatCount } from '../../units/count.ts';
import { formatGpuHours, formatHours } from '../../units/duration.ts';
import { formatUsd } from '../../units/money.ts';
import { isStageName } from '../table/stage-name.ts';
import type { EstimatedRow, PlannedRow } from './estimated-row.ts';
import { rowNames } from './row-names.ts';
import { withSweeps } from './sweeps.ts';

/** What a repository has for a plan. */
export interface PlanMaterial {
  readonly runs: readonly EstimatedRow[];
  /** Configs that are in no row, each with its reason. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * A plan in Markdown for a team that has none: a row for each config or sweep with what is estimated, scales apart from
 * stages, what was assumed and what is missing, and an empty table for evidence. Null where no config has a figure.
 */
export function writePlan({ runs, leftOut }: PlanMaterial, today: string | null): string | null {
  const planned = runs.filter(
    ({ parameters, gpuHours, tokens, costUsd, memoryBytes }) =>
      [gpuHours, tokens, costUsd].some((figure) => figure !== null) || (parameters !== null && memoryBytes !== null),
  );
  if (planned.length === 0) return null;
  const rows = withSweeps(planned);
  const names = new Map(rowNames(rows).map((name, index) => [rows[index], escaped(name)]));
  const nameOf = (row: PlannedRow): string => names.get(row) ?? '';
  const scales = ladderIn(rows);
  const stages = rows.filter((row) => !scales.includes(row)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const configs = planned.length === 1 ? '1 config' : `${planned.length} configs`;
  return [
    '# Scaling plan',
    '',
    `Every figure is an estimate that scalegate made from ${configs}${today === null ? '' : ` on ${today}`}.`,
    'Review them: what stays here is what pull requests are held against.',
    '',
    ...tableOf('Scale', scales, nameOf),
    ...tableOf('Stage', stages, nameOf),
    ...sumOf(rows),
    ...assumptionsOf(planned),
    ...missingIn(planned),
    ...leftOutOf(leftOut),
    '## Validation',
    '',
    '`scalegate record` adds a row for each finished run.',
    '',
    line([scales.length > 0 ? 'Scale' : 'Stage', 'Run', 'Date', 'Measured memory', 'Measured GPU hours']),
    line(['---', '---', '---', '---', '---']),
    '',
  ].join('\n');
}

/** The rows that are steps of a ladder, smallest first: of several sizes, and of one size told apart by their tokens. */
function ladderIn(rows: readonly PlannedRow[]): readonly PlannedRow[] {
  const sized = rows.filter(
    ({ parameters, isFineTuning, path, name }) =>
      parameters !== null && !isFineTuning && !isStageName(`${path} ${name ?? ''}`),
  );
  const keyOf = ({ parameters, tokens }: PlannedRow): string => `${parameters ?? ''} ${tokens ?? ''}`;
  const own = sized.filter((row) => sized.filter((other) => keyOf(other) === keyOf(row)).length === 1);
  if (new Set(own.map(({ parameters }) => parameters)).size < 2) return [];
  return own
    .toSorted((a, b) => (a.parameters ?? 0) - (b.parameters ?? 0) || (a.tokens ?? 0) - (b.tokens ?? 0))
    .slice(0, 100);
}

function tableOf(title: string, rows: readonly PlannedRow[], nameOf: (row: PlannedRow) => string): string[] {
  if (rows.length === 0) return [];
  const columns: readonly (readonly [header: string, isAlways: boolean, cell: (row: PlannedRow) => string | null])[] = [
    [title, true, nameOf],
    ['Params', false, ({ parameters }) => print(parameters, formatCount)],
    ['Tokens', false, ({ tokens }) => print(tokens, formatCount)],
    ['Hardware', false, ({ gpu, gpuCount }) => (gpu === null ? null : gpuCount === null ? gpu : `${gpuCount}× ${gpu}`)],
    ['GPU-hours', true, ({ gpuHours }) => print(gpuHours, (hours) => `~${formatHours(hours)}`)],
    ['Memory per GPU', false, ({ memoryBytes }) => print(memoryBytes, (bytes) => `~${formatGib(bytes)}`)],
    ['Cost', true, ({ costUsd }) => print(costUsd, (usd) => `~${formatUsd(usd)}`)],
    [
      'Notes',
      true,
      ({ path, configs }) => (configs === 1 ? code(path) : `each of ${configs} configs in ${code(path)}`),
    ],
  ];
  const said = columns.filter(([, isAlways, cell]) => isAlways || rows.some((row) => cell(row) !== null));
  return [
    `## ${title}s`,
    '',
    line(said.map(([header]) => header)),
    line(said.map(() => '---')),
    ...rows.map((row) => line(said.map(([, , cell]) => cell(row) ?? '—'))),
    '',
  ];
}

function print(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** What the rows come to, so that the team can say what caps them. A sentence that is itself no total. */
function sumOf(rows: readonly PlannedRow[]): string[] {
  const sum = (figure: (row: PlannedRow) => number | null): { count: number; value: number } => {
    const values = rows.flatMap((row) => figure(row) ?? []);
    return { count: values.length, value: values.reduce((all, value) => all + value, 0) };
  };
  const [hours, cost] = [sum(({ gpuHours }) => gpuHours), sum(({ costUsd }) => costUsd)];
  if (hours.count < 2) return [];
  const money = cost.count === hours.count ? ` and ~${formatUsd(cost.value)}` : '';
  return [
    `The ${hours.count} rows with GPU-hours come to ~${formatGpuHours(hours.value)}${money}.`,
    'Add a row "Total" for the cap of all of them, and take out what is no planned work.',
    '',
  ];
}

/** Constants of the estimate are the same for every team; what the configs leave open is theirs to review. */
const ownFields = /^(?:model|training|parallelism|hardware|data)\./;

/** What half of the runs or more have assumed for them. */
function assumptionsOf(rows: readonly EstimatedRow[]): string[] {
  const stated = rows.map(({ assumptions }) =>
    assumptions
      .filter(({ field }) => ownFields.test(field))
      .map(({ field, value }) => line([code(field), code(value)])),
  );
  const shared = counted(stated.flatMap((lines) => [...new Set(lines)])).filter(
    ([, count]) => count * 2 >= rows.length,
  );
  if (shared.length === 0) return [];
  return [
    '## Assumed by the estimates',
    '',
    'At least half of the configs leave these open.',
    '',
    line(['Field', 'Taken as']),
    line(['---', '---']),
    ...shared.slice(0, 20).map(([text]) => text),
    '',
  ];
}

/** Why rows have no GPU-hours, the reason of most rows first. */
function missingIn(rows: readonly EstimatedRow[]): string[] {
  const reasons = counted(rows.flatMap(({ missing }) => missing ?? []));
  if (reasons.length === 0) return [];
  const items = reasons.slice(0, 10).map(([reason, count]) => `- ${escaped(reason)}: ${configs(count)}`);
  return ['## Without GPU-hours', '', ...items, ''];
}

function leftOutOf(leftOut: PlanMaterial['leftOut']): string[] {
  if (leftOut.length === 0) return [];
  const items = leftOut.slice(0, 20).map(({ path, reason }) => `- ${code(path)}: ${escaped(reason)}`);
  const more = leftOut.length > 20 ? [`- and ${configs(leftOut.length - 20)} more`] : [];
  return ['## Not in the plan', '', ...items, ...more, ''];
}

function configs(count: number): string {
  return count === 1 ? '1 config' : `${count} configs`;
}

function counted(texts: readonly string[]): readonly (readonly [text: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

/** Text that stays in its cell or item, with the characters that it has. */
function escaped(text: string): string {
  return clean(text).replaceAll(/[|`*_<>[\]\\]/g, String.raw`\$&`);
}

function code(text: string): string {
  return `\`${clean(text).replaceAll(/[|`]/g, ' ')}\``;
}

function clean(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
