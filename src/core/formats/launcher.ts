import type { Document } from '../document/document.ts';
import type { Fact } from '../run/facts.ts';
import { flagsOf, flagValue } from './flags.ts';
import { isTrl } from './program.ts';
import { readWord, scriptOf, type ScriptCommand } from './script-command.ts';

/** A whole number with the place that states it; null where something stands there that is not known. */
interface Count {
  readonly value: number | null;
  readonly place: Fact<number>['place'];
}

/**
 * GPUs of the whole run, as its launcher starts them: processes a node × nodes of torchrun (PyTorch docs, "torchrun"),
 * all processes of Accelerate, GPUs a node × nodes of DeepSpeed, else what the environment or Slurm's options say.
 * Null where any of them is not known.
 */
export function launchedGpus(command: ScriptCommand): Fact<number> | null {
  const flags = flagsOf(command);
  const total = flagCount(flags, 'num_processes');
  const isAccelerate = command.words.includes('accelerate') || isTrl(command.words);
  if (total !== null && isAccelerate) return product([total]);
  const perNode =
    flagCount(flags, 'nproc_per_node') ??
    deepspeedGpus(command, flags) ??
    variableCount(command, 'NPROC_PER_NODE') ??
    slurmGpus(command, flags);
  return perNode === null ? null : product([perNode, ...nodes(command, flags)]);
}

/** Flags by which launchers are told the number of GPUs, wherever they stand in a command. */
export function isGpuCountFlag(name: string): boolean {
  return gpuCountFlags.has(name);
}

const gpuCountFlags: ReadonlySet<string> = new Set([
  ...['num_processes', 'nproc_per_node', 'num_gpus', 'gpus_per_node', 'include', 'nnodes', 'num_nodes', 'nodes'],
]);

function nodes(command: ScriptCommand, flags: Document): Count[] {
  const stated =
    flagCount(flags, 'nnodes') ??
    flagCount(flags, 'num_nodes') ??
    flagCount(flags, 'nodes') ??
    variableCount(command, 'NNODES') ??
    sbatchCount(command, 'nodes');
  return stated === null ? [] : [stated];
}

/** `--num_gpus 8`, or `--include localhost:0,1,2` (deepspeed.ai, "Resource configuration"). */
function deepspeedGpus(command: ScriptCommand, flags: Document): Count | null {
  if (!command.words.some((word) => /(?:^|\/)deepspeed$/.test(word))) return null;
  const include = flagValue(flags, 'include');
  const list = typeof include === 'string' ? /^[\w.-]+:(\d+(?:,\d+)*)$/.exec(include)?.[1] : undefined;
  if (list !== undefined) return { value: list.split(',').length, place: flags.placeOf(['include']) };
  return flagCount(flags, 'num_gpus');
}

function slurmGpus(command: ScriptCommand, flags: Document): Count | null {
  return (
    (command.words[0] === 'srun' ? flagCount(flags, 'gpus_per_node') : null) ??
    sbatchCount(command, 'gpus-per-node') ??
    sbatchCount(command, 'gres')
  );
}

function flagCount(flags: Document, name: string): Count | null {
  const value = flagValue(flags, name);
  return value === undefined ? null : { value: wholeNumber(value), place: flags.placeOf([name]) };
}

function variableCount({ document, index, environment }: ScriptCommand, name: string): Count | null {
  const own = environment[name];
  const value = own ?? scriptOf(document)?.variables[name];
  if (value === undefined) return null;
  const path = own === undefined ? ['variables', name] : ['commands', index, 'environment', name];
  return { value: wholeNumber(readWord(value)), place: document.placeOf(path) };
}

/** `8`, or the number of `gpu:8` and `gpu:a100:8`. */
function sbatchCount({ document }: ScriptCommand, name: string): Count | null {
  const value = scriptOf(document)?.sbatch[name];
  if (value === undefined) return null;
  const number = /^(?:gpu:)?(?:[\w.-]+:)?(\d{1,6})$/.exec(value)?.[1];
  return number === undefined ? null : { value: Number(number), place: document.placeOf(['sbatch', name]) };
}

function wholeNumber(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

function product(counts: readonly Count[]): Fact<number> | null {
  let value = 1;
  for (const count of counts) {
    if (count.value === null) return null;
    value *= count.value;
  }
  const place = counts[0]?.place ?? null;
  return value > 100_000 ? null : { value, authority: 'config', place };
}

/** GPUs that the environment makes visible to a process that is started without a launcher. */
export function visibleGpus(command: ScriptCommand): Fact<number> | null {
  const { document, index, environment } = command;
  const name = 'CUDA_VISIBLE_DEVICES';
  const own = environment[name];
  const value = own ?? scriptOf(document)?.variables[name];
  if (value === undefined || !/^\d+(?:,\d+)*$/.test(value)) return null;
  const path = own === undefined ? ['variables', name] : ['commands', index, 'environment', name];
  return product([{ value: value.split(',').length, place: document.placeOf(path) }]);
}

/**
 * The GPU type that Slurm is asked for: `--gres=gpu:h100:8`, `--gpus-per-node=a100:4`, or `--constraint=v100-32g` (slurm
 * docs, "sbatch"). Both name what a cluster likes to call it, so that only what is the name of a GPU counts.
 */
export function slurmGpuType(document: Document): Fact<string> | null {
  for (const option of ['gres', 'gpus-per-node', 'gpus', 'gpus-per-task', 'constraint']) {
    const written = scriptOf(document)?.sbatch[option] ?? '';
    const name = option === 'constraint' ? written : /^(?:gpu:)?([\w.-]+):\d{1,6}$/.exec(written)?.[1];
    if (name === undefined || !gpuName.test(name)) continue;
    const value = name.replaceAll('_', '-').replace(/(\d)g$/i, '$1gb');
    return { value, authority: 'config', place: document.placeOf(['sbatch', option]) };
  }
  return null;
}

/**
 * The memory of a machine that Slurm is asked for, in GiB: `--mem=480G`, megabytes without a unit; 0 stands for all that
 * it has (slurm docs, "sbatch"), which is not known.
 */
export function slurmHostMemory(document: Document): Fact<number> | null {
  const written = scriptOf(document)?.sbatch['mem'] ?? '';
  const [, number = '', unit = 'M'] = /^(\d{1,9}(?:\.\d{1,3})?)([KMGT])?B?$/i.exec(written) ?? [];
  const gib = Number(number) * (gibOf[unit.toUpperCase()] ?? 0);
  return gib > 0 ? { value: gib, authority: 'config', place: document.placeOf(['sbatch', 'mem']) } : null;
}

const gibOf: Readonly<Record<string, number>> = { K: 2 ** -20, M: 2 ** -10, G: 1, T: 2 ** 10 };

/** With the form factor and the memory that tell apart those of one name. */
const gpuName =
  /^(?:nvidia[_-])?(?:[abhv](?:10|30|40|100|200|300|800)|l4|l40s?|h20|gh200|gb[23]00|mi\d{3}[ax]?)(?:[_-]?(?:sxm\d?|pcie|nvl))?(?:[_-]?\d{2,3}gb?)?$/i;
