import type { Document } from '../document/document.ts';
import { duplicatesIn } from '../formats/duplicates-in.ts';
import type { ReadResult } from '../formats/format.ts';
import { slurmGpuType } from '../formats/launcher.ts';
import { readLayers } from '../formats/read-layers.ts';
import type { Facts } from '../run/facts.ts';
import { mergeFacts } from '../run/merge-facts.ts';
import { existing } from './open-config.ts';
import type { OpenLaunch } from './open-file.ts';
import type { OpenedFiles } from './opened-files.ts';
import { recognize } from './recognize.ts';
import type { RunReading } from './run-reading.ts';

/**
 * What a task launches: of several configs that it names the first that trains, under what the task says of its GPUs
 * and changes of it, and over what the launchers say that it names (an accelerate file).
 */
export function withLaunched(
  task: RunReading,
  launched: OpenLaunch | null,
  documents: ReadonlyMap<string, Document>,
  files: OpenedFiles,
): RunReading {
  if (task.run === null || launched === null) return task;
  const { config, format, sources, launcher } = launched;
  const builtOn = [...new Set([...(task.builtOn ?? []), ...existing(config.named, files), ...sources])];
  const problems = [
    ...config.problems,
    ...(launcher?.problems ?? []),
    ...(format.duplicateKeys === 'refused-between-files' ? duplicatesIn(config.layers) : []),
  ];
  if (problems.length > 0) return { ...task, run: null, problems, builtOn };
  const result = readLayers(config.layers, sources.at(-1) ?? task.run.path, (composed) =>
    format.read(composed, config.documents),
  );
  if (result.run === null) return { ...task, run: null, problems: result.problems, builtOn };
  const launchers = [...documents.values()].flatMap((other) => {
    const launcher = recognize(other);
    return launcher?.launcher === true && !sources.includes(other.path) ? [launcher.read(other, documents)] : [];
  });
  const weaker = [result, ...(launcher === undefined ? [] : [launcher]), ...launchers].map(
    (source) => source.run?.facts ?? {},
  );
  const facts = weaker.reduce(mergeFacts, task.run.facts);
  return { ...task, run: { ...task.run, facts }, problems: [...config.unknown, ...result.problems], builtOn };
}

/** What a launcher says of one config that it names. */
export interface LaunchedConfig {
  /** The paths that the config may have, the likeliest first. */
  readonly paths: readonly string[];
  /** GPU type, memory and count, and what its accelerate or DeepSpeed file and its flags say: sharding, offload, precision. */
  readonly facts: Facts;
}

/** The configs that a launcher names, each with what it says of them; nothing for another file. */
export function launchedBy(path: string, files: OpenedFiles): LaunchedConfig[] {
  const document = files.parsed(path)?.document ?? null;
  const format = document === null ? null : recognize(document);
  if (document === null || format?.launcher !== true) return [];
  const own = hardwareOf(withSlurmGpu(format.read(document, new Map()), document).run?.facts ?? {});
  return (format.launches?.(document) ?? []).flatMap(({ configs, gpus, launcher, launcherFiles }) => {
    const type = Object.fromEntries(Object.entries(own).filter(([field]) => field !== 'hardware.count'));
    const stated = gpus === undefined ? own : gpus === null ? type : { ...type, 'hardware.count': gpus };
    const named = (launcherFiles ?? format.references(document)).map((name) => launcherFacts(name, files));
    const facts = [launcher?.run?.facts ?? {}, ...named].reduce(mergeFacts, stated);
    return Object.keys(facts).length === 0 ? [] : configs.map((paths) => ({ paths, facts }));
  });
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

/** What a script asks Slurm for, whatever it starts. */
export function withSlurmGpu(result: ReadResult, document: Document): ReadResult {
  const type = slurmGpuType(document);
  if (result.run === null || type === null) return result;
  return { ...result, run: { ...result.run, facts: mergeFacts(result.run.facts, { 'hardware.gpu': type }) } };
}

function hardwareOf(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([field]) => field.startsWith('hardware.')));
}
