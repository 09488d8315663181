import { setValue } from '../document/set-value.ts';
import { recognize } from '../reading/recognize.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import { fileOf, launcherOf } from '../recipe-path.ts';

/** A file of a repository that says how a training is sharded: one of DeepSpeed's, or of `accelerate launch`. */
export interface EngineFile {
  readonly path: string;
  readonly engine: 'deepspeed' | 'accelerate';
}

/** An edit of the config, or of the script that starts it, which names an engine file. */
export interface EngineEdit {
  readonly file: string;
  readonly key: string;
  readonly text: string;
}

/** A repository has a few of them; each that is offered is a reading of the config. */
const mostEngineFiles = 10;

/** By its path a file may be one; what is in it decides. Nobody opens all JSON and YAML of a repository for it. */
export function mayBeEngineFile(path: string): boolean {
  return /(?:accelerate|deepspeed|fsdp|zero|\bds_)[^\n]{0,200}\.(?:ya?ml|json)$/i.test(path.slice(-300));
}

/** The engine files among those that are opened. */
export function engineFilesIn(files: OpenedFiles): readonly EngineFile[] {
  const found: EngineFile[] = [];
  for (const path of files.paths().filter(mayBeEngineFile)) {
    const document = files.parsed(path)?.document ?? null;
    const engine = document === null ? null : recognize(document)?.name;
    if (engine === 'deepspeed' || engine === 'accelerate') found.push({ path, engine });
    if (found.length === mostEngineFiles) break;
  }
  return found;
}

/** How launch scripts name the file of each engine. */
const flags = {
  deepspeed: ['deepspeed', 'deepspeed_config', 'deepspeed_config_file'],
  accelerate: ['config_file', 'accelerate_config'],
} as const;

/**
 * The edits of a run that would take an engine file, without those that change nothing: the config's own key for one of
 * DeepSpeed's, and the flag of the script that starts it where that names such a file today.
 */
export function engineEdits(path: string, files: OpenedFiles, { path: file, engine }: EngineFile): EngineEdit[] {
  const config = fileOf(path);
  const script = launcherOf(path) ?? config;
  const text = files.text(script) ?? '';
  const named = flags[engine].find((flag) => new RegExp(`--${flag.replaceAll('_', '[-_]')}[ =]`).test(text));
  const isOwnKey = named === undefined && engine === 'deepspeed';
  const edits: (readonly [string, string])[] = [
    ...(named === undefined ? [] : [[script, named] as const]),
    ...(isOwnKey ? [[config, 'deepspeed'] as const] : []),
  ];
  return edits.flatMap(([edited, key]) => {
    const before = files.text(edited);
    const after = before === null ? null : setValue(edited, before, [key], file);
    return after === null || after === before ? [] : [{ file: edited, key, text: after }];
  });
}
