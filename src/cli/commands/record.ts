import { readFile, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { lineChanges, type LineChange } from '../../core/document/line-changes.ts';
import { estimateConfig } from '../../core/estimate-config.ts';
import { findIsoDate } from '../../core/plan/iso-date.ts';
import type { EstimatedRun } from '../../core/policy/rule.ts';
import type { Plan, PlanRow } from '../../core/plan/plan.ts';
import { rowKey } from '../../core/plan/row-key.ts';
import { combine, memoryOf, type Measurement } from '../../core/plan/record/measurement.ts';
import { measuredParts, nearerReading, steadyGpuHours, wholeGpuHours } from '../../core/report/off-by-part.ts';
import { readMeasurement } from '../../core/plan/record/read-measurement.ts';
import { readTensorboard } from '../../core/plan/record/read-tensorboard.ts';
import { recordValidation } from '../../core/plan/record/record-validation.ts';
import type { ValidationRecord } from '../../core/plan/record/validation-record.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { alignColumns } from '../../core/report/outputs/text/table.ts';
import { formatGib } from '../../core/units/bytes.ts';
import { formatGpuHours } from '../../core/units/duration.ts';
import { formatShare } from '../../core/units/share.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { noPlan, textsIn } from '../local-plan.ts';
import { printProblems } from '../print-problems.ts';
import { readSource } from '../read-source.ts';
import { seenFrom } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';

export interface RecordOptions extends GuardOptions {
  readonly link: string;
  readonly config: string;
  readonly date: string;
  readonly dryRun?: boolean;
}

/**
 * `scalegate record ROW FILES…`: writes what a finished run measured into the plan, with what is estimated for its
 * config today, so that later estimates can be given by the team's own runs.
 */
export async function record(
  name: string,
  files: readonly string[],
  options: RecordOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (findIsoDate(options.date) !== options.date)
    throw new Error(`--date: ${options.date} is no date such as 2026-10-03`);
  const source = await readSource(options.config, options, terminal);
  printProblems([...source.guards.problems, ...source.problems], terminal.err);
  const { estimated } = estimateConfig(source.path, source.files, source.guards);
  if (estimated === null || source.problems.length > 0) return exitStatus.unusable;
  const { planFiles } = source.guards;
  if (planFiles.length === 0) throw noPlan('name it with --plan');
  const planTexts = textsIn(planFiles);
  const row = heldTo(name, estimated, source.guards.plan);

  const measured = combine(await Promise.all(files.map((file) => measurementIn(file, terminal.directory))));
  holdToEnd(measured, estimated);
  const figures = figuresOf(measured, estimated);
  if (figures.memoryBytes === null && figures.gpuHours === null) {
    throw new Error('these files have neither memory nor time of the run; docs/calibration.md names the columns');
  }
  const changed = recordValidation(planTexts, {
    row: row.name,
    kind: row.kind,
    ...figures,
    ...linkOf(options),
    config: source.name,
  });
  const paths = planTexts.map(({ path }) => path).join(', ');
  if (changed === null) throw new Error(`${paths} has no place for a record of ${name}`);
  if (options.dryRun !== true) await writeFile(join(source.root, changed.path), changed.text);
  printFigures(figures, terminal);
  printOff(measured, estimated, terminal);
  const before = planTexts.find(({ path }) => path === changed.path)?.text ?? '';
  const seenPath = seenFrom(terminal.directory, source.root, changed.path);
  printChanges(seenPath, lineChanges(before, changed.text), terminal);
  return exitStatus.pass;
}

type Figures = Omit<ValidationRecord, 'row' | 'kind' | 'link' | 'date' | 'config'>;

/** Runs log for weeks; what is larger is no log of one. */
const largestFile = 256 * 2 ** 20;

async function measurementIn(file: string, directory: string): Promise<Measurement> {
  const path = resolve(directory, file);
  const bytes = await readWhole(path).catch((cause: unknown) => {
    throw new Error(`${file} cannot be read`, { cause });
  });
  const measurement = file.includes('tfevents') ? readTensorboard(bytes) : readMeasurement(bytes.toString(), path);
  if (measurement !== null) return measurement;
  throw new Error(
    `${file} is no trainer_state.json, no export of W&B, MLflow or TensorBoard, no log of torchtitan or Megatron-LM, no JSON lines and no CSV`,
  );
}

async function readWhole(path: string): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > largestFile) throw new Error(`it has ${size} bytes; at most ${largestFile} are read`);
  return readFile(path);
}

/** The row of that name, to which the config belongs: a record under another would validate what never ran. */
function heldTo(name: string, { row: match }: EstimatedRun, plan: Plan | null): PlanRow {
  const rows = plan === null ? [] : [...plan.scales, ...plan.stages];
  const named = rows.find((row) => rowKey(row.name) === rowKey(name));
  if (named === undefined) {
    const known = rows.slice(0, 10).map((row) => row.name);
    throw new Error(`the plan has no row ${name}; it has ${known.join(', ') || 'none'}`);
  }
  // Where nothing decides between rows, whoever records the run does
  const own = match?.kind === 'several' ? match.rows : match?.kind === 'row' ? [match.row] : [];
  if (own.some((row) => rowKey(row.name) === rowKey(name))) return named;
  const whose = own[0] === undefined ? 'is of no row of the plan' : `is of the ${own[0].kind} ${own[0].name}`;
  throw new Error(`the config ${whose}, not ${name}`);
}

/** A validation is of a finished run. A hundredth is left for the last steps that were not logged. */
function holdToEnd({ lastStep, plannedSteps }: Measurement, { run }: EstimatedRun): void {
  const steps = plannedSteps !== null && plannedSteps > 0 ? plannedSteps : run.training.steps;
  if (lastStep === null || steps === null || lastStep >= 0.99 * steps) return;
  throw new Error(`the run stopped at step ${lastStep} of ${Math.ceil(steps)}; only finished runs are recorded`);
}

/** Measured figures beside the estimates of the same kind: memory as it was measured, hours with or without pauses. */
function figuresOf(measured: Measurement, { run, estimate }: EstimatedRun): Figures {
  const memory = memoryOf(measured);
  const peaks = estimate.memory;
  const predicted = peaks && {
    allocated: peaks.allocatedBytes,
    reserved: peaks.reservedBytes,
    device: peaks.peakBytes,
  };
  const memoryFigures = {
    memoryBytes: memory?.bytes ?? null,
    predictedMemoryBytes: memory === null || predicted === null ? null : predicted[memory.kind],
  };
  const { gpuHours = null, steadyGpuHours: steady = null } = estimate.compute ?? {};
  if (measured.seconds === null) {
    const found = steadyGpuHours(measured, run);
    return {
      ...memoryFigures,
      gpuHours: found,
      predictedGpuHours: found === null ? null : steady,
    };
  }
  if (run.hardware.count === null)
    throw new Error('the hours of all GPUs need their number: state hardware.count in the config');
  return {
    ...memoryFigures,
    gpuHours: wholeGpuHours(measured, run),
    predictedGpuHours: gpuHours,
  };
}

function linkOf({ link, date }: RecordOptions): Pick<ValidationRecord, 'link' | 'date'> {
  return { link, date };
}

function printFigures({ memoryBytes, gpuHours, ...predicted }: Figures, { out }: Terminal): void {
  const print = (label: string, measured: string, estimate: string | null): void => {
    out.print(`${label}: ${measured} measured${estimate === null ? '' : `, ${estimate} estimated`}`);
  };
  const shown = (value: number | null, format: (value: number) => string) => (value === null ? null : format(value));
  const { predictedMemoryBytes, predictedGpuHours } = predicted;
  if (memoryBytes !== null) print('Memory per GPU', formatGib(memoryBytes), shown(predictedMemoryBytes, formatGib));
  if (gpuHours !== null) print('Training', formatGpuHours(gpuHours), shown(predictedGpuHours, formatGpuHours));
}

/** Where the estimate was off, by the parts that the run's files tell apart, and what would have been nearer. */
function printOff(measured: Measurement, estimated: EstimatedRun, { out }: Terminal): void {
  const parts = measuredParts(measured, estimated);
  const rows = parts.map(({ what, unit, measured: found, estimated: expected }) => {
    const format = unit === 'bytes' ? formatGib : formatGpuHours;
    return [what, `${format(found)} measured`, `${format(expected)} estimated`, offText(found, expected)];
  });
  if (rows.length > 0) out.print('\nWhere the estimate was off');
  for (const row of alignColumns(rows, [1, 2])) out.print(`  ${row.join('  ')}`.trimEnd());
  const nearer = nearerReading(measured, estimated);
  if (nearer === null) return;
  out.print(
    `  Nearer: ${cleanLine(nearer.otherwise, 200)}, ${formatGib(nearer.bytes)}; state ${nearer.field} if it is so`,
  );
}

/** `12% below`: the estimate against what was measured. */
function offText(measured: number, estimated: number): string {
  if (measured === 0) return '';
  const share = estimated / measured - 1;
  return Math.abs(share) < 0.005 ? 'as estimated' : `${formatShare(Math.abs(share))} ${share < 0 ? 'below' : 'above'}`;
}

function printChanges(path: string, changes: readonly LineChange[], { out }: Terminal): void {
  out.print(`\n${cleanLine(path, 300)}`);
  for (const { line, before, after } of changes) {
    if (before !== null) out.print(`${line}  - ${cleanLine(before, 400)}`);
    if (after !== null) out.print(`${line}  + ${cleanLine(after, 400)}`);
  }
}
