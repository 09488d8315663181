import type { z } from 'zod';
import type { Document } from '../document/document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import { flagsOf, hasFlag } from './flags.ts';
import type { ReadResult } from './format.ts';
import { isGpuCountFlag } from './launcher.ts';
import { readListingUnread } from './not-read.ts';
import { programIndex } from './program.ts';
import { nameFromPath } from './run-name.ts';
import type { ScriptCommand } from './script-command.ts';
import { StatedFacts } from './stated-facts.ts';

/** How the arguments of a training command are read. */
export interface CommandReading<Schema extends z.ZodType> {
  readonly dialect: string;
  readonly schema: Schema;
  /** The arguments as a document; `--name value` unless said otherwise. */
  readonly argumentsOf?: (command: ScriptCommand) => Document;
  /** What the arguments call the run; the file's name by default. */
  readonly nameOf?: (config: z.output<Schema>) => string | null | undefined;
  readonly state: (stated: StatedFacts, config: z.output<Schema>, command: ScriptCommand) => void;
}

/** The run that the training command of a script states; nothing for a script without one. */
export function readCommand<Schema extends z.ZodType>(
  command: ScriptCommand | null,
  { dialect, schema, argumentsOf = flagsOf, nameOf, state }: CommandReading<Schema>,
): ReadResult {
  if (command === null) return { run: null, problems: [] };
  const read = (written: Document): ReadResult => {
    const { value: config, problems } = readWithSchema(written, schema);
    if (config === null) return { run: null, problems };
    const stated = new StatedFacts(written);
    state(stated, config, command);
    const { path } = command.document;
    const name = nameOf?.(config) ?? nameFromPath(path);
    return { run: { path, dialect, name, facts: stated.facts }, problems: [] };
  };
  // The flags of a launcher are its own.
  const launcher = command.words.slice(0, Math.max(0, programIndex(command.words)));
  return readListingUnread(argumentsOf(command), read, (flag) => isGpuCountFlag(flag) || hasFlag(launcher, flag));
}
