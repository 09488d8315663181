import { folderOf, isRelative, pathFrom } from '../compose/paths.ts';
import { mapOf, overlaid } from '../compose/layers.ts';
import type { Document } from '../document/document.ts';
import type { Launch } from './format.ts';
import { choicesIn, overridesIn } from './launch-overrides.ts';
import { programIndex, trlConfigClass } from './program.ts';
import { repositoryPaths } from './repository-path.ts';
import { unknownText } from '../document/shell/shell-text.ts';
import { launchReferences, readLaunchFlags } from './accelerate/launch-flags.ts';
import type { ScriptCommand } from './script-command.ts';

/** A command that names configs. */
export interface NamedLaunch extends Launch {
  readonly command: ScriptCommand;
  readonly launcherFiles: readonly string[];
}

/** Commands of one script that are looked at, and configs that one names; a hostile one could have a thousand. */
const most = { commands: 200, configs: 20 };

/** The commands that start a training with configs which they name. */
export function launchesOf(commands: readonly ScriptCommand[]): NamedLaunch[] {
  return commands.slice(0, most.commands).flatMap((command) => launchOf(command) ?? []);
}

/** The commands that start a training whose program may name the config. */
export function programLaunchesOf(commands: readonly ScriptCommand[]): NamedLaunch[] {
  return commands.slice(0, most.commands).flatMap((command) => launchOf(command, true) ?? []);
}

function launchOf(command: ScriptCommand, isByProgram = false): NamedLaunch | null {
  const { words } = command;
  const start = programIndex(words);
  const program = words.slice(0, start + 3).filter((word) => !word.startsWith('-') && !isFile(word, 'ya?ml|toml|json'));
  if (start === -1 || !program.some(trains) || program.some(isOther)) return null;
  const named = [...hydraConfig(command, start), ...namedConfigs(command, start)].slice(0, most.configs);
  const programs = programPaths(command, start);
  if (isByProgram !== (named.length === 0) || (isByProgram && programs.length === 0)) return null;
  const configName = flag(words, ['--config-name', '-cn']) ?? null;
  return {
    command,
    configs: named,
    program: { paths: programs, configName: configName?.includes(unknownText) === true ? null : configName },
    overrides: withTrainer(command, start),
    choices: choicesIn(words.slice(start)),
    launcher: readLaunchFlags(command, new Map()),
    launcherFiles: launcherReferences(command),
  };
}

/** What a command changes in its config; `trl dpo` says besides which trainer it is for. */
function withTrainer(command: ScriptCommand, start: number): Document | null {
  const overrides = overridesIn(command, start);
  const { document, index, words } = command;
  const ofTrl = trlConfigClass(words);
  if (ofTrl === null) return overrides;
  const placeOf = () => document.placeOf(['commands', index, 'words', start]);
  const trainer = { path: document.path, value: mapOf([['trl_config', ofTrl]]), placeOf };
  return overrides === null ? trainer : overlaid(trainer, overrides);
}

/** `python train.py`, `python -m team.train`. */
function programPaths({ document, words }: ScriptCommand, start: number): string[] {
  const program = words[start] ?? '';
  const isModule = words[start - 1] === '-m';
  const file = isModule ? `${program.replaceAll('.', '/')}.py` : program;
  return file.endsWith('.py') && isRelative(file) ? repositoryPaths(file, document.path) : [];
}

function trains(word: string): boolean {
  return /train|(?:^|[/_.-])(?:fine)?-?tun(?:e|ing)|(?:^|[/_.-])(?:sft|dpo|grpo|ppo|rlhf|rl|orpo|kto|deepy|trl)(?:[/_.-]|$)|distill/i.test(
    word,
  );
}

function isOther(word: string): boolean {
  return /(?:^|[/_.-])(?:eval\w*|infer\w*|generat\w*|convert\w*|export\w*|serve|chat|merge\w*|preprocess\w*|tokeni[sz]\w*|download\w*|openrlhf)(?:[/_.-]|$)/i.test(
    word,
  );
}

function isFile(word: string, endings: string): boolean {
  return new RegExp(`^[^\\0]{1,300}\\.(?:${endings})$`).test(word);
}

const configFlags =
  /^(?:--(?:config|cfg|config[-_]?(?:path|file|yaml)|recipe|yaml|train[-_]config|job\.config[-_]file)|-c)(?:=(.*))?$/s;

/** Files after a flag for configs, after `@` (prime-rl), as `config=` (lingua), or that stand alone. */
function namedConfigs(command: ScriptCommand, start: number): string[][] {
  const { words, environment } = command;
  const folder = confFolder(words);
  const found: string[] = [];
  words.slice(start + 1).forEach((word, offset) => {
    const before = words[start + offset] ?? '';
    const assigned = configFlags.exec(word)?.[1] ?? /^(?:config=|@)(.+)$/s.exec(word)?.[1];
    const isNamed = configFlags.exec(before) !== null || before === '@';
    // What follows another flag is that flag's value: `--deepspeed ds.json`.
    const isAlone = !word.startsWith('-') && !word.includes('=') && (!before.startsWith('-') || before.includes('='));
    const written = assigned ?? (isNamed || isAlone ? word : '');
    const ending =
      folder !== null && isAlone && /^[\w./-]+$/.test(written) && offset > 0 && !/\.\w+$/.test(written) ? '.yml' : '';
    if (isFile(`${written}${ending}`, 'ya?ml|toml|json|py')) found.push(`${written}${ending}`);
  });
  const variable = environment['CONFIG_FILE'] ?? '';
  if (found.length === 0 && isFile(variable, 'ya?ml|toml|json')) found.push(variable);
  const prefix = folder === null ? '' : `${folder}/`;
  return found.filter((written) => isRelative(written)).map((written) => pathsOf(written, prefix, command, start));
}

/** The same, where a folder of configs is named beside them (GPT-NeoX, `-d configs`). */
function pathsOf(written: string, prefix: string, { document, words }: ScriptCommand, start: number): string[] {
  const program = folderOf((words[start] ?? '').replace(/^(?:\.\/)+/, ''));
  const paths = [
    ...(prefix === '' ? [] : repositoryPaths(`${prefix}${written}`, document.path)),
    ...repositoryPaths(written, document.path),
    pathFrom(program, written),
  ];
  return [...new Set(paths.filter((path) => path !== null))];
}

function confFolder(words: readonly string[]): string | null {
  const at = words.findIndex((word) => word === '-d' || word === '--conf_dir');
  const folder = at === -1 ? undefined : words[at + 1];
  return folder === undefined || !isRelative(folder) || isFile(folder, 'ya?ml|json') ? null : folder;
}

/** `--config-path conf --config-name run` (hydra.cc, "Hydra's command line flags"); the path is relative to the program. */
function hydraConfig({ document, words }: ScriptCommand, start: number): string[][] {
  const name = flag(words, ['--config-name', '-cn'])?.replace(/\.ya?ml$/, '');
  if (name === undefined || name === '' || !isRelative(name) || name.includes(unknownText)) return [];
  const path = flag(words, ['--config-path', '-cp', '--config-dir', '-cd']) ?? '';
  const program = words[start] ?? '';
  const module = words[start - 1] === '-m' ? program.replaceAll('.', '/') : program;
  const folders = [folderOf(module), folderOf(document.path), ''];
  const from =
    path === '' ? [...folders, ...['conf', 'config', 'configs'].map((each) => `${folderOf(module)}/${each}`)] : folders;
  const paths = from.flatMap((folder) =>
    ['yaml', 'yml'].map((ending) =>
      pathFrom(pathFrom('', folder || '.') ?? '', `${path === '' ? '' : `${path}/`}${name}.${ending}`),
    ),
  );
  return [[...new Set(paths.filter((one) => one !== null))]];
}

function flag(words: readonly string[], names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    for (const name of names) {
      if (word === name) return words[index + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
    }
  }
  return undefined;
}

/** `accelerate launch --config_file x.yaml`, `--deepspeed ds.json`, `--deepspeed_config ds.json`. */
export function launcherFiles({ document, words }: ScriptCommand): string[][] {
  const written = [
    '--config_file',
    '--config-file',
    '--deepspeed',
    '--deepspeed_config',
    '--deepspeed_config_file',
    '--accelerate_config',
  ].flatMap((name) => flag(words, [name]) ?? []);
  const files = written.filter((file) => isFile(file, 'ya?ml|json') && isRelative(file));
  return files.map((file) => repositoryPaths(file, document.path));
}

/** Files of its launcher that a command names, by a flag for files and by those of `accelerate launch`. */
export function launcherReferences(command: ScriptCommand): readonly string[] {
  return [...launcherFiles(command).flat(), ...launchReferences(command)];
}
