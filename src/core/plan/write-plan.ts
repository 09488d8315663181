import { formatGib } from '../units/bytes.ts';
import { formatCount } from '../units/count.ts';
import { formatHours } from '../units/duration.ts';
import { formatUsd } from '../units/money.ts';

/** A run of the repository with what is estimated for it; null for what cannot be known. */
export interface EstimatedRow {
  readonly path: string;
  readonly name: string | null;
  readonly parameters: number | null;
  readonly tokens: number | null;
  readonly gpu: string | null;
  readonly gpuCount: number | null;
  readonly gpuHours: number | null;
  readonly memoryBytes: number | null;
  readonly costUsd: number | null;
  /** What was assumed for it, as `field = value`. */
  readonly assumptions: readonly string[];
}

/**
 * A plan in Markdown for a team that has none: a row a config with what is estimated, smallest first, the assumptions
 * that several share, and an empty table for evidence. Null where no config has a figure to plan with.
 */
export function writePlan(runs: readonly EstimatedRow[], today: string | null): string | null {
  const rows = runs
    .filter(({ parameters, gpuHours, tokens, costUsd }) =>
      [parameters, gpuHours, tokens, costUsd].some((figure) => figure !== null),
    )
    .filter(({ gpuHours, tokens, costUsd, memoryBytes }) =>
      [gpuHours, tokens, costUsd, memoryBytes].some((figure) => figure !== null),
    )
    .toSorted((a, b) => (a.parameters ?? 0) - (b.parameters ?? 0) || (a.path < b.path ? -1 : 1));
  if (rows.length === 0) return null;
  const isLadder = new Set(rows.map(({ parameters }) => parameters)).size > 1;
  const names = namesOf(rows);
  const title = isLadder ? 'Scale' : 'Run';
  const columns: readonly (readonly [header: string, cell: (run: EstimatedRow, index: number) => string | null])[] = [
    [title, (_, index) => names[index] ?? null],
    ['Params', ({ parameters }) => print(parameters, formatCount)],
    ['Tokens', ({ tokens }) => print(tokens, formatCount)],
    ['Hardware', ({ gpu, gpuCount }) => (gpu === null ? null : gpuCount === null ? gpu : `${gpuCount}× ${gpu}`)],
    ['GPU-hours', ({ gpuHours }) => print(gpuHours, (hours) => `~${formatHours(hours)}`)],
    ['Memory per GPU', ({ memoryBytes }) => print(memoryBytes, (bytes) => `~${formatGib(bytes)}`)],
    ['Cost', ({ costUsd }) => print(costUsd, (usd) => `~${formatUsd(usd)}`)],
    ['Notes', ({ path }) => clean(path)],
  ];
  const said = columns.filter(([, cell]) => rows.some((run, index) => cell(run, index) !== null));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const count = rows.length === 1 ? '1 config' : `${rows.length} configs`;
  return [
    '# Scaling plan',
    '',
    `Every figure is an estimate that scalegate made from ${count}${today === null ? '' : ` on ${today}`}.`,
    'Review them: what stays here is what pull requests are held against.',
    '',
    `## ${isLadder ? 'Scales' : 'Runs'}`,
    '',
    line(said.map(([header]) => header)),
    line(said.map(() => '---')),
    ...rows.map((run, index) => line(said.map(([, cell]) => cell(run, index) ?? '—'))),
    '',
    ...assumptionsOf(rows),
    '## Validation',
    '',
    '`scalegate record` adds a row for each finished run.',
    '',
    line([title, 'Run', 'Date', 'Measured memory', 'Measured GPU hours']),
    line(['---', '---', '---', '---', '---']),
    ...names.map((name) => line([name, '—', '', '', ''])),
    '',
  ].join('\n');
}

function print(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}

/** The name of the run or of its file; where two are the same, the path. */
function namesOf(rows: readonly EstimatedRow[]): readonly string[] {
  const short = rows.map(({ name, path }) => clean(name ?? path.replace(/^.*\//, '').replace(/\.\w+$/, '')));
  const isUnique = (name: string): boolean =>
    short.filter((other) => other.toLowerCase() === name.toLowerCase()).length === 1;
  return short.map((name, index) => (isUnique(name) ? name : clean(rows[index]?.path ?? name)));
}

/** Text that stays in its cell and changes nothing around it. */
function clean(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}|`*_<>[\]\\]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 100);
}

/** What half of the runs or more have assumed for them. */
function assumptionsOf(rows: readonly EstimatedRow[]): string[] {
  const counts = new Map<string, number>();
  for (const { assumptions } of rows)
    for (const text of new Set(assumptions)) counts.set(text, (counts.get(text) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count * 2 >= rows.length).map(([text]) => `- ${clean(text)}`);
  return shared.length === 0 ? [] : ['## Assumed by the estimates', '', ...shared.slice(0, 20), ''];
}
