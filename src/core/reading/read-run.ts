import { readLayers } from '../formats/read-layers.ts';
import { fileOf, launcherOf } from '../recipe-path.ts';
import { readLaunched, withSlurmHardware } from './launched.ts';
import { existing } from './open-config.ts';
import { namedBy, openFile, type OpenFile, type OpenLaunch } from './open-file.ts';
import { OpenedFiles } from './opened-files.ts';
import { looksLikeConfig, type OwnFormats } from './recognize.ts';
import { refusedBy } from './refused.ts';
import type { RunReading } from './run-reading.ts';

/**
 * Reads one text as the training run that it states, put together with the files that it includes. `referenced` holds
 * the texts of the other files that exist, by path; `unread` says why others that exist have no text; `own` are
 * the formats that the policy maps. Never throws.
 */
export function readRun(
  path: string,
  text: string,
  referenced: ReadonlyMap<string, string> = new Map(),
  unread: ReadonlyMap<string, string> = new Map(),
  own: OwnFormats = [],
): RunReading {
  const files = new OpenedFiles([], own);
  for (const [other, why] of unread) files.add(other, { unreadable: why });
  for (const [other, content] of referenced) files.add(other, { text: content });
  files.add(fileOf(path), { text });
  return runOf(path, files);
}

/** Paths of the repository that a text includes, names or launches, as far as the files that are `known` tell. */
export function referencesOf(
  path: string,
  text: string,
  known: ReadonlyMap<string, string> = new Map(),
  own: OwnFormats = [],
): readonly string[] {
  const texts = [...known, [fileOf(path), text] as const];
  const opened = openFile(
    path,
    new OpenedFiles(
      texts.map(([other, content]) => [other, { text: content }]),
      own,
    ),
  );
  return opened === null ? [] : namedBy(opened);
}

/**
 * The training run that a file states, with all that it is read with. Of a launcher its first; a path that names a
 * launcher of a config is the run of both. Never throws.
 */
export function runOf(path: string, files: OpenedFiles): RunReading {
  return files.once(read, path);
}

function read(path: string, files: OpenedFiles): RunReading {
  const { problems = [], leniencies = [] } = files.parsed(path) ?? {};
  const opened = openFile(path, files);
  if (opened !== null && launcherOf(path) !== null) {
    const launch = opened.launched.find((one) => one.path === path);
    return launch === undefined ? { format: null, run: null, problems } : readLaunched(opened, launch, path, files);
  }
  if (opened === null) return { format: looksLikeConfig(path, files.text(path) ?? '', files.own), run: null, problems };
  const [first] = opened.launched;
  if (first !== undefined) return asTask(path, opened, first, files);
  const { config } = opened;
  const { document } = opened.source;
  const { format } = config;
  const others = existing(config.named, files);
  const builtOn = others.length === 0 ? {} : { builtOn: others };
  if (format === null) return { format, run: null, problems: config.problems, ...builtOn };

  const named = config.named.flatMap((name) => (config.included.has(name) ? [] : (files.parsed(name) ?? [])));
  const found = [
    ...config.problems,
    ...refusedBy(format, leniencies),
    ...named.flatMap((other) => [...other.problems, ...refusedBy(format, other.leniencies)]),
  ];
  if (found.length > 0) return { format, run: null, problems: found, ...builtOn };
  if (format.launcher === true) {
    return { format, ...withSlurmHardware(format.read(document, config.documents), document), ...builtOn };
  }
  const result = readLayers(config.layers, path, (composed) =>
    withSlurmHardware(format.read(composed, config.documents), document),
  );
  return { format, run: result.run, problems: [...config.unknown, ...result.problems], ...builtOn };
}

/** A launcher by its own name: the run that it starts is called as the launcher calls it. */
function asTask(path: string, opened: OpenFile, launch: OpenLaunch, files: OpenedFiles): RunReading {
  const { task } = launch;
  const own = task.read(opened.source.document, opened.config.documents).run;
  const reading = readLaunched(opened, launch, path, files);
  if (reading.run === null || own === null) return { ...reading, format: task };
  return { ...reading, format: task, run: { ...own, facts: reading.run.facts } };
}
