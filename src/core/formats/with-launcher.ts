import type { Document } from '../document/document.ts';
import { mergeFacts } from '../run/merge-facts.ts';
import { accelerate } from './accelerate/index.ts';
import { readLaunchFlags } from './accelerate/launch-flags.ts';
import type { ReadResult } from './format.ts';
import { launcherFiles } from './launch.ts';
import { launchedGpus } from './launcher.ts';
import { withNotRead } from './not-read.ts';
import type { ScriptCommand } from './script-command.ts';

/**
 * The run of a program with what its launcher says: the GPUs that it starts, and, weaker than the program's own flags,
 * those of `accelerate launch` over the file that it names.
 */
export function withLauncher(
  { run, problems }: ReadResult,
  command: ScriptCommand,
  referenced: ReadonlyMap<string, Document>,
): ReadResult {
  if (run === null) return { run, problems };
  const file = launcherFiles(command)
    .flat()
    .map((path) => referenced.get(path))
    .find((document) => document !== undefined && accelerate.recognize(document));
  const launchers = [
    readLaunchFlags(command, referenced),
    ...(file === undefined ? [] : [accelerate.read(file, referenced)]),
  ];
  const found = launchers.flatMap((launcher) => launcher.problems);
  if (found.length > 0) return { run: null, problems: found };
  const gpus = launchedGpus(command);
  const own = gpus === null ? run.facts : { ...run.facts, 'hardware.count': gpus };
  const facts = launchers.map((launcher) => launcher.run?.facts ?? {}).reduce(mergeFacts, own);
  const notRead = launchers.flatMap((launcher) => launcher.run?.notRead ?? []);
  return withNotRead({ run: { ...run, facts }, problems }, notRead);
}
