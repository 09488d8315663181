import type { Document } from '../document/document.ts';
import type { Fact } from '../run/facts.ts';
import { flagsOf, flagValue } from './flags.ts';
import { isTrl, programIndex } from './program.ts';
import { readWord, scriptOf, type ScriptCommand } from './script-command.ts';

/** A whole number with the place that states it; null where something stands there that is not known. */
interface Count {
  readonly value: number | null;
  readonly place: Fact<number>['place'];
}

/**
 * GPUs of the whole run, as its launcher starts them: processes a node × nodes of torchrun (PyTorch docs, "torchrun"),
 * all processes of Accelerate and mpirun, GPUs a node × nodes of DeepSpeed, else what the environment or Slurm's options
 * say, of which tasks count where no GPUs are stated. Null where any of them is not known.
 */
export function launchedGpus(command: ScriptCommand): Fact<number> | null {
  const flags = flagsOf(command);
  const total = flagCount(flags, 'num_processes');
  const isAccelerate = command.words.some((word) => /^(?:accelerate|accelerate\.commands\.launch)$/.test(word));
  if (total !== null && (isAccelerate || isTrl(command.words))) return product([total]);
  const perNode =
    flagCount(flags, 'nproc_per_node') ??
    deepspeedGpus(command, flags) ??
    variableCount(command, 'NPROC_PER_NODE') ??
    // torchtitan's run_train.sh
    variableCount(command, 'NGPU');
  if (perNode !== null) return product([perNode, ...nodes(command, flags)]);
  const isPlain = !isStartedBy(command, ...processStarters);
  const ofMpi = isPlain && isStartedBy(command, 'mpirun', 'mpiexec') ? optionCount(command, '-np', '--np', '-n') : null;
  if (ofMpi !== null) return product([ofMpi]);
  const ofNode = slurmGpus(command, flags);
  if (ofNode !== null) return product([ofNode, ...nodes(command, flags)]);
  return isPlain ? slurmTasks(command, flags) : null;
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
    (isStartedBy(command, 'srun') ? optionCount(command, '-N') : null) ??
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
    (isStartedBy(command, 'srun') ? (flagCount(flags, 'gpus_per_node') ?? gresCount(flags)) : null) ??
    sbatchCount(command, 'gpus-per-node') ??
    sbatchCount(command, 'gres')
  );
}

/** Tasks that srun starts, each a process with a GPU of its own (slurm docs, "srun"): in all, or on a node. */
function slurmTasks(command: ScriptCommand, flags: Document): Fact<number> | null {
  if (!isStartedBy(command, 'srun')) return null;
  const total = flagCount(flags, 'ntasks') ?? optionCount(command, '-n') ?? sbatchCount(command, 'ntasks');
  if (total !== null) return product([total]);
  const perNode = flagCount(flags, 'ntasks_per_node') ?? sbatchCount(command, 'ntasks-per-node');
  // One task a node starts the processes of its node itself
  if (perNode === null || perNode.value === 1) return null;
  return product([perNode, ...nodes(command, flags)]);
}

/** Whether one of these stands in front of the program. */
function isStartedBy({ words }: ScriptCommand, ...launchers: readonly string[]): boolean {
  const before = words.slice(0, Math.max(1, programIndex(words)));
  return before.some((word) => launchers.includes(word.split('/').at(-1) ?? ''));
}

/** What starts the processes of a machine itself: srun and mpirun start it once on each. */
const processStarters = ['torchrun', 'accelerate', 'deepspeed', 'torch.distributed.run', 'torch.distributed.launch'];

/** An option of the launcher: `-n 16`, `-N2`. */
function optionCount({ document, index, words }: ScriptCommand, ...names: readonly string[]): Count | null {
  const end = Math.max(0, programIndex(words));
  for (const [at, word] of words.slice(0, end).entries()) {
    const name = names.find(
      (one) => word === one || (one.length === 2 && word.startsWith(one) && /^\d/.test(word.slice(2))),
    );
    if (name === undefined) continue;
    const [written, wordAt] = word === name ? [words[at + 1] ?? '', at + 1] : [word.slice(2), at];
    return { value: wholeNumber(readWord(written)), place: document.placeOf(['commands', index, 'words', wordAt]) };
  }
  return null;
}

/** `--gres=gpu:a100:4`. */
function gresCount(flags: Document): Count | null {
  const written = flagValue(flags, 'gres');
  const number = typeof written === 'string' ? /^gpu:(?:[\w.-]+:)?(\d{1,6})$/.exec(written)?.[1] : undefined;
  return number === undefined ? null : { value: Number(number), place: flags.placeOf(['gres']) };
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
