import { launcherOf } from '../../../recipe-path.ts';
import { figuresOf } from '../../../estimate/figures.ts';
import type { Figure, PlanRow } from '../../../plan/plan.ts';
import { memoryVerdict } from '../../../policy/memory-verdict.ts';
import type { EstimatedRun, RunPair } from '../../../policy/rule.ts';
import { formatGib, gibibyte } from '../../../units/bytes.ts';
import { formatCount } from '../../../units/count.ts';
import { formatHours, formatWallClock } from '../../../units/duration.ts';
import { formatUsd } from '../../../units/money.ts';
import { formatShare } from '../../../units/share.ts';
import { inlineCode, plainText } from '../../escape.ts';
import { memoryShare, scaleName } from '../../figures.ts';

/** A figure of a run in a row of its own, beside the plan's. */
interface Row {
  readonly label: string;
  readonly value: (run: EstimatedRun) => number | null | undefined;
  readonly print: (value: number) => string;
  /** Under the figure of the head and its growth. */
  readonly note?: (run: EstimatedRun) => string | null;
  readonly planned?: (row: PlanRow) => Figure | null;
  /** Shown only where it changes, or where the config is new. */
  readonly whereChanged?: boolean;
  /** Shown only where the value is known on either side, or planned. */
  readonly whereKnown?: boolean;
  /** Shown only where the value is as large on either side. */
  readonly least?: number;
}

const rows: readonly Row[] = [
  {
    label: 'Parameters',
    value: ({ estimate }) => estimate.parameters?.total,
    print: formatCount,
    planned: ({ parameters }) => parameters,
    whereChanged: true,
  },
  { label: 'Tokens', value: ({ estimate }) => estimate.compute?.tokens, print: formatCount, whereChanged: true },
  {
    label: 'Memory per GPU',
    value: ({ estimate }) => estimate.memory?.peakBytes,
    print: formatGib,
    note: (run) => withUnit(shareOfLimit(run)),
    planned: ({ memoryBytes }) => memoryBytes,
  },
  {
    label: 'Time',
    value: (run) => figuresOf(run).wallClockHours,
    print: formatWallClock,
    whereKnown: true,
  },
  {
    label: 'GPU-hours',
    value: ({ estimate }) => estimate.compute?.gpuHours,
    print: formatHours,
    planned: ({ gpuHours }) => gpuHours,
    whereKnown: true,
  },
  {
    label: 'GPU-hours per 1B tokens',
    value: ({ estimate: { compute } }) => (compute?.gpuHours == null ? compute?.gpuHoursPerBillionTokens : null),
    print: formatHours,
    whereKnown: true,
  },
  {
    label: 'Host memory, at least',
    value: ({ estimate }) => estimate.host?.lowBytes,
    print: formatGib,
    whereChanged: true,
    // Below that nothing is offloaded
    least: gibibyte,
  },
  {
    label: 'Cost',
    value: ({ estimate }) => estimate.cost?.usd,
    print: formatUsd,
    planned: ({ costUsd }) => costUsd,
    whereKnown: true,
  },
];

/** One config with base, head and plan in columns. */
export function runTable(pair: RunPair): string {
  const { base, head } = pair;
  const own = rowOfPlan(head ?? base);
  const plan = own !== null && rows.some(({ planned }) => planned?.(own) != null) ? own : null;
  const heads = ['', ...(base ? ['Base'] : []), ...(head ? ['Head'] : []), ...(plan ? ['Plan'] : [])];
  const lines = base === null && head === null ? [] : rows.flatMap((row) => rowOf(row, pair, plan));
  if (lines.length === 0) return `${captionOf(pair)}\n\n`;
  const table = [heads, [':--', ...heads.slice(1).map(() => '--:')], ...lines];
  return `${captionOf(pair)}\n\n${table.map((cells) => `| ${cells.join(' | ')} |\n`).join('')}\n`;
}

/** The stage that the run is held against, else its scale. */
function rowOfPlan(run: EstimatedRun | null): PlanRow | null {
  const stage = stageOf(run);
  if (stage !== null) return stage.row;
  return run?.scale?.kind === 'scale' ? run.scale.scale : null;
}

function stageOf(run: EstimatedRun | null): { readonly row: PlanRow; readonly reason: string } | null {
  const match = run?.row ?? null;
  return match?.kind === 'row' && match.row.kind === 'stage' ? match : null;
}

/** `configs/large.yaml` on 64 × A100-80GB, plan: Large; of a stage with the reason why it's that one. */
function captionOf({ path, previousPath, base, head, problems, through, launcher }: RunPair): string {
  const run = head ?? base;
  const { gpu, count } = run?.run.hardware ?? { gpu: null, count: null };
  const name = run === null ? null : scaleName(run);
  const stage = stageOf(run);
  const hardware =
    gpu === null && count === null
      ? []
      : [
          ` on ${[count === null ? null : String(count), gpu === null ? 'GPUs' : plainText(gpu.name, 60)].filter(Boolean).join(gpu === null ? ' ' : ' × ')}`,
        ];
  const parts = [
    ...(head === null ? [problems.length > 0 ? ", can't be read" : ', deleted'] : base === null ? [', new'] : []),
    ...hardware,
    ...(previousPath === null ? [] : [`, was ${inlineCode(previousPath, 120)}`]),
    ...(through === undefined
      ? []
      : [
          `, changed by ${through
            .slice(0, 3)
            .map((each) => inlineCode(each, 120))
            .join(', ')}`,
        ]),
    ...(launcher === undefined || through?.includes(launcher) === true || launcherOf(path) !== null
      ? []
      : [`, started by ${inlineCode(launcher, 120)}`]),
    ...(stage !== null
      ? [`, plan: ${plainText(stage.row.name, 60)} (${plainText(stage.reason, 120)})`]
      : name === null
        ? []
        : [`, plan: ${plainText(name, 60)}`]),
  ];
  return `**${inlineCode(path, 200)}**${parts.join('')}`;
}

function rowOf(
  { label, value, print, note, planned, whereChanged, whereKnown, least }: Row,
  pair: RunPair,
  plan: PlanRow | null,
): string[][] {
  const { base, head } = pair;
  const [before, after] = [base, head].map((run) => (run === null ? null : (value(run) ?? null)));
  const isChanged = base === null || head === null || printed(before, print) !== printed(after, print);
  const target = plan === null ? null : (planned?.(plan) ?? null);
  if (whereChanged === true && (!isChanged || (before === null && after === null))) return [];
  if (whereKnown === true && before === null && after === null && target === null) return [];
  if (least !== undefined && Math.max(before ?? 0, after ?? 0) < least) return [];
  const under = head === null ? null : [isChanged ? growth(before, after) : null, note?.(head) ?? null];
  const strong = isChanged && base !== null;
  return [
    [
      label,
      ...(base ? [printed(before, print)] : []),
      ...(head
        ? [
            [
              strong ? `**${printed(after, print)}**` : printed(after, print),
              ...(under ?? []).filter((text) => text !== null),
            ].join('<br>'),
          ]
        : []),
      ...(plan ? [target === null ? '' : plainText(target.text, 40)] : []),
    ],
  ];
}

function printed(value: number | null | undefined, print: (value: number) => string): string {
  return value == null ? 'unknown' : plainText(print(value));
}

function withUnit(share: string | null): string | null {
  return share === null ? null : `${share} of limit`;
}

/** `❌ 119%` of what a process can use; `⚠️ 97%` where the run may not fit, or an assumption decides whether it does. */
export function shareOfLimit(run: EstimatedRun): string | null {
  const share = memoryShare(run);
  if (share === null) return null;
  const { kind } = memoryVerdict(run);
  const isCertain = kind === 'fits' || (kind === 'over' && run.limit?.assumed === undefined);
  const mark = kind === 'not-judged' ? '' : isCertain ? (share > 1 ? '❌ ' : '') : '⚠️ ';
  return `${mark}${formatShare(share)}`;
}

/** `×3.3` from double up or half down, `+12%` below; null where the difference is not worth a word. */
export function growth(before: number | null | undefined, after: number | null | undefined): string | null {
  if (before == null || after == null || before <= 0 || after <= 0) return null;
  const ratio = after / before;
  if (ratio >= 1.995 || ratio <= 0.501) {
    return `×${ratio.toLocaleString('en-US', ratio < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: ratio < 9.95 ? 1 : 0 })}`;
  }
  const percent = formatShare(Math.abs(ratio - 1));
  return Math.abs(ratio - 1) < 0.005 ? null : `${ratio > 1 ? '+' : '−'}${percent}`;
}
