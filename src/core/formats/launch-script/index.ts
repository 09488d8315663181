import type { Document } from '../../document/document.ts';
import type { Format, ReadResult } from '../format.ts';
import { launchesOf, programLaunchesOf } from '../launch.ts';
import { launchedGpus } from '../launcher.ts';
import { nameFromPath } from '../run-name.ts';
import { scriptOf, type ScriptCommand } from '../script-command.ts';
import type { Facts } from '../../run/facts.ts';

/** A shell script that starts a training with a config of the repository. */
export const launchScript: Format = {
  name: 'launch-script',
  title: 'Launch script that names a config',
  launcher: true,
  syntaxes: ['shell'],
  signature: [],
  recognize: (document) => launchesOf(commandsOf(document)).length > 0,
  references: (document) => launchesOf(commandsOf(document)).flatMap((launch) => launch.launcherFiles),
  launches: (document) =>
    [...launchesOf(commandsOf(document)), ...programLaunchesOf(commandsOf(document))].map((launch) => {
      return { ...launch, gpus: launchedGpus(launch.command) };
    }),
  read,
};

function commandsOf(document: Document): ScriptCommand[] {
  const commands = scriptOf(document)?.commands ?? [];
  return commands.map((command, index) => ({ document, index, ...command }));
}

function read(document: Document): ReadResult {
  const [launch] = launchesOf(commandsOf(document));
  const gpus = launch === undefined ? null : launchedGpus(launch.command);
  const facts: Facts = gpus === null ? {} : { 'hardware.count': gpus };
  return {
    run: { path: document.path, dialect: 'launch-script', name: nameFromPath(document.path), facts },
    problems: [],
  };
}
