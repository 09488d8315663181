import { DocumentBuilder, type Entry, type PlacedValue } from './document-builder.ts';
import type { ParseResult } from './document.ts';
import { AppendList } from './shell/append-list.ts';
import type { ShellCommand } from './shell/shell-pass.ts';
import { ShellReader } from './shell/shell-reader.ts';
import { offsetOf, plainText, type ShellText, type Source } from './shell/shell-text.ts';
import type { Variable } from './shell/shell-variable.ts';

/** What a shell script says, as far as that can be told without running it; see {@link parseShell}. */
export interface ShellScript {
  /** Commands, then the arguments that the script sets and doesn't use: one that sources it does. */
  readonly commands: readonly {
    readonly environment: Readonly<Record<string, string>>;
    readonly words: readonly string[];
  }[];
  /** Options of `#SBATCH` lines by their long names. */
  readonly sbatch: Readonly<Record<string, string>>;
  /** Variables as they are at the end. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Reads a shell script without running anything: the commands that it would start, as words in which variables,
 * arrays, defaults and integer arithmetic are replaced ({@link ShellScript}). A word's place is where its value was
 * assigned. A part that can't be known (a command's output, an argument, an unset variable) is the character NUL in
 * the word. Any text is a script: there are no problems, and what is beyond the limits is left out.
 */
export function parseShell(path: string, text: string): ParseResult {
  const builder = new DocumentBuilder(path, text);
  const reader = new ShellReader();
  reader.variables.assign('HOME', { text: AppendList.of([{ text: '~', offset: 0 }]) });
  const sbatch = readSbatch(text);
  for (const { name, value, offset } of sbatch) {
    for (const variable of slurmVariables[name] ?? []) {
      reader.variables.assign(variable, { text: AppendList.of([{ text: value, offset }]) });
    }
  }
  // A NUL in the file would read as an unknown part; no shell takes one either.
  const source: Source = { text: text.replaceAll('\0', ' '), offsetAt: (index) => index };
  reader.read(source);

  const words = reader.unusedArguments();
  const unused = words.length === 0 ? [] : [{ environment: new Map<string, ShellText>(), words }];
  const commands = [...reader.commands, ...unused];
  const scalars = [...reader.variables.entries()].slice(0, 10_000);
  return builder.finish(
    mapOf(builder, [
      [
        'commands',
        builder.list(
          commands.map((command) => placeCommand(builder, command)),
          0,
        ),
      ],
      [
        'sbatch',
        mapOf(
          builder,
          sbatch.map(({ name, value, offset }) => [name, builder.scalar(value, offset)]),
        ),
      ],
      [
        'variables',
        mapOf(
          builder,
          scalars.flatMap(([name, value]) => placeVariable(builder, name, value)),
        ),
      ],
    ]),
  );
}

/** What Slurm sets in a job from the options of its script (slurm.schedmd.com/sbatch.html, "Output environment variables"). */
const slurmVariables: Readonly<Record<string, readonly string[]>> = {
  nodes: ['SLURM_NNODES', 'SLURM_JOB_NUM_NODES'],
  ntasks: ['SLURM_NTASKS', 'SLURM_NPROCS'],
  'ntasks-per-node': ['SLURM_NTASKS_PER_NODE'],
  'gpus-per-node': ['SLURM_GPUS_PER_NODE', 'SLURM_GPUS_ON_NODE'],
  gpus: ['SLURM_GPUS'],
};

const longNames: Readonly<Record<string, string>> = { N: 'nodes', n: 'ntasks', G: 'gpus', C: 'constraint' };

function readSbatch(text: string): { name: string; value: string; offset: number }[] {
  const options = new Map<string, { name: string; value: string; offset: number }>();
  for (const line of text.matchAll(/^#SBATCH[ \t]+(?:--([\w-]+)|-([A-Za-z]))(?:[= \t]+([^\s#]+))?/gm)) {
    const [, long, short = '', value = ''] = line;
    const name = long ?? longNames[short];
    if (name !== undefined && options.size < 1_000) options.set(name, { name, value, offset: line.index });
  }
  return [...options.values()];
}

function placeCommand(builder: DocumentBuilder, { environment, words }: ShellCommand): PlacedValue {
  const offset = words[0] === undefined ? 0 : offsetOf(words[0]);
  const placed = [...environment].map(([name, text]): [string, PlacedValue] => [name, placeText(builder, text)]);
  return mapOf(
    builder,
    [
      ['environment', mapOf(builder, placed)],
      [
        'words',
        builder.list(
          words.map((word) => placeText(builder, word)),
          offset,
        ),
      ],
    ],
    offset,
  );
}

function placeVariable(builder: DocumentBuilder, name: string, value: Variable): [string, PlacedValue][] {
  return 'text' in value ? [[name, placeText(builder, value.text.toArray())]] : [];
}

function placeText(builder: DocumentBuilder, text: ShellText): PlacedValue {
  return builder.scalar(plainText(text), offsetOf(text));
}

function mapOf(
  builder: DocumentBuilder,
  entries: readonly (readonly [string, PlacedValue])[],
  offset = 0,
): PlacedValue {
  return builder.map(
    entries.map(([key, value]): Entry => ({ key, offset: value.offset, value })),
    offset,
  );
}
