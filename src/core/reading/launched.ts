import type { Document } from '../document/document.ts';
import { duplicatesIn } from '../formats/duplicates-in.ts';
import type { ReadResult } from '../formats/format.ts';
import { slurmGpuType, slurmHostMemory } from '../formats/launcher.ts';
import { withNotRead } from '../formats/not-read.ts';
import { readLayers } from '../formats/read-layers.ts';
import type { Facts } from '../run/facts.ts';
import { mergeFacts } from '../run/merge-facts.ts';
import { existing } from './open-config.ts';
import type { OpenFile, OpenLaunch } from './open-file.ts';
import type { OpenedFiles } from './opened-files.ts';
import { recognize } from './recognize.ts';
import { refusedBy } from './refused.ts';
import type { RunReading } from './run-reading.ts';

/**
 * A run of its parts: the config with what the command changes in it, over what the flags of the launcher say, over what
 * the files say that it names (an accelerate file), over the GPUs that it asks for.
 */
export function readLaunched(
  { source, config: opened }: OpenFile,
  { config, format, launch, sources, task }: OpenLaunch,
  path: string,
  files: OpenedFiles,
): RunReading {
  const { document } = source;
  const { launcher } = launch;
  const named = launch.launcherFiles ?? task.references(document);
  const builtOn = [
    ...new Set([document.path, ...existing([...named, ...opened.named, ...config.named], files), ...sources]),
  ];
  const asked = withSlurmHardware(task.read(document, new Map()), document);
  const problems = [
    ...asked.problems,
    ...config.problems,
    ...sources.flatMap((name) => refusedBy(format, files.parsed(name)?.leniencies ?? [])),
    ...(launcher?.problems ?? []),
    ...named.flatMap((name) => files.parsed(name)?.problems ?? []),
    ...(format.duplicateKeys === 'refused-between-files' ? duplicatesIn(config.layers) : []),
  ];
  if (problems.length > 0) return { format, run: null, problems, builtOn };
  const result = readLayers(config.layers, sources.at(-1) ?? path, (composed) =>
    format.read(composed, config.documents),
  );
  if (result.run === null) return { format, run: null, problems: result.problems, builtOn };
  const others = named.filter((name) => !sources.includes(name)).map((name) => launcherFacts(name, files));
  const facts = [result.run.facts, launcher?.run?.facts ?? {}, gpusOf(asked, launch), ...others].reduce(mergeFacts);
  const whole = { run: { ...result.run, path, facts }, problems: [...config.unknown, ...result.problems] };
  return { format, ...withNotRead(whole, launcher?.run?.notRead ?? []), builtOn };
}

/** The GPUs of a launcher; of several commands each has its own number. */
function gpusOf({ run }: ReadResult, { gpus }: OpenLaunch['launch']): Facts {
  const own = Object.entries(run?.facts ?? {}).filter(([field]) => field.startsWith('hardware.'));
  if (gpus === undefined) return Object.fromEntries(own);
  const others = Object.fromEntries(own.filter(([field]) => field !== 'hardware.count'));
  return gpus === null ? others : { ...others, 'hardware.count': gpus };
}

/** What a file of a launcher says, with the DeepSpeed config that it names in turn. */
function launcherFacts(name: string, files: OpenedFiles): Facts {
  const source = files.source(name);
  const document = source !== undefined && 'document' in source ? source.document : null;
  const format = document === null ? null : recognize(document);
  if (document === null || format?.launcher !== true) return {};
  const named = format.references(document).flatMap((path): [string, Document][] => {
    const other = files.source(path);
    return other !== undefined && 'document' in other ? [[path, other.document]] : [];
  });
  return format.read(document, new Map(named)).run?.facts ?? {};
}

/** What a script asks Slurm for, whatever it starts: the type of GPU, and the memory of a machine. */
export function withSlurmHardware(result: ReadResult, document: Document): ReadResult {
  const type = slurmGpuType(document);
  const memory = slurmHostMemory(document);
  if (result.run === null) return result;
  const asked: Facts = {
    ...(type === null ? {} : { 'hardware.gpu': type }),
    ...(memory === null ? {} : { 'hardware.host_memory_gib': memory }),
  };
  return { ...result, run: { ...result.run, facts: mergeFacts(result.run.facts, asked) } };
}
