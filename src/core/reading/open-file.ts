import type { Source } from '../compose/compose.ts';
import type { Format, Launch, ReadResult } from '../formats/format.ts';
import { openConfig, type OpenConfig } from './open-config.ts';
import type { OpenedFiles } from './opened-files.ts';
import { recognize } from './recognize.ts';

/** A file that was parsed, with all that it is read with. */
export interface OpenFile {
  readonly source: Source;
  readonly config: OpenConfig;
  /** What it launches, where it is a launcher. */
  readonly launched: OpenLaunch | null;
}

/** The config that a command starts. */
export interface OpenLaunch {
  readonly config: OpenConfig;
  readonly format: Format;
  /** The files that the command names. */
  readonly sources: readonly string[];
  /** What the command itself says, besides what it changes in them. */
  readonly launcher?: ReadResult;
}

/** Opens a file with what it includes, names and launches; null for one that cannot be parsed. */
export function openFile(path: string, files: OpenedFiles): OpenFile | null {
  return files.once(open, path);
}

function open(path: string, files: OpenedFiles): OpenFile | null {
  const source = files.source(path);
  if (source === undefined || 'why' in source) return null;
  const config = openConfig([source], files);
  const launches = config.format?.launches?.(source.document) ?? [];
  return { source, config, launched: findLaunched(launches, files) };
}

/** Paths that a file includes, names or launches, whether they exist or not. */
export function namedBy({ source, config, launched }: OpenFile): readonly string[] {
  const launches = config.format?.launches?.(source.document) ?? [];
  const configs = launches.flatMap(({ configs }) => configs.flat());
  return [...new Set([...config.named, ...configs, ...(launched?.config.named ?? [])])];
}

/** The first command whose configs exist and make a training config together. */
function findLaunched(launches: readonly Launch[], files: OpenedFiles): OpenLaunch | null {
  for (const launch of launches) {
    const sources = launch.configs.flatMap((paths): Source[] => {
      const found = paths
        .map((path) => files.source(path))
        .find((source) => source !== undefined && 'document' in source);
      if (found === undefined || !('document' in found)) return [];
      return recognize(found.document)?.launcher === true ? [] : [found];
    });
    if (sources.length === 0) continue;
    const config = openConfig(sources, files, launch);
    const { format } = config;
    if (format === null && config.problems.length === 0) continue;
    if (format !== null && format.launcher !== true) {
      const { launcher } = launch;
      const paths = sources.map(({ document }) => document.path);
      return { config, format, sources: paths, ...(launcher === undefined ? {} : { launcher }) };
    }
  }
  return null;
}
