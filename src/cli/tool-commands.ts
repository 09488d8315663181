import { z } from 'zod';

/** A command that agents call as a tool: what it is for, what it takes, and its command line. */
interface ToolCommand {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: z.ZodRawShape;
  readonly args: (input: Readonly<Record<string, unknown>>) => string[];
}

/** What begins with a dash would be an option. */
const Word = z.string().min(1).max(1000).regex(/^[^-]/, 'a name that does not begin with a dash');

const file = Word.describe('Path of a training config, from the working directory');
const files = z
  .array(Word)
  .min(1)
  .max(100)
  .describe('Paths of training configs or folders, from the working directory');

/** The commands that read and answer; none that writes. */
export const toolCommands: readonly ToolCommand[] = [
  {
    name: 'estimate',
    description:
      'Memory per GPU, GPU-hours, wall-clock time and cost of training configs, each with its range and what was assumed. One JSON object a config.',
    inputSchema: { files },
    args: (input) => ['estimate', '--json', ...z.object({ files }).parse(input).files],
  },
  {
    name: 'diff',
    description:
      'What a pull request with the changes of the working tree, or between two commits, would be told: the verdict (pass, waiting, fail), what changed, what it costs and what to do. JSON.',
    inputSchema: {
      base: Word.optional().describe('Commit or branch that the change goes to; the default branch if not given'),
      head: Word.optional().describe('Commit or branch with the change; the working tree if not given. Needs base'),
    },
    args: (input) => {
      const { base, head } = z.object({ base: Word.optional(), head: Word.optional() }).parse(input);
      return ['diff', '--json', ...[base, head].filter((name) => name !== undefined)];
    },
  },
  {
    name: 'fit',
    description: 'The smallest changes that make a config fit its GPU, or another one, with the lines to edit. JSON.',
    inputSchema: { file, gpu: Word.optional().describe('Name of the GPU to fit on, such as H100 or RTX 4090') },
    args: (input) => {
      const { file: path, gpu } = z.object({ file, gpu: Word.optional() }).parse(input);
      return ['fit', '--json', ...(gpu === undefined ? [] : ['--gpu', gpu]), path];
    },
  },
  {
    name: 'explain',
    description:
      'How every figure of a config comes about: formulas with their numbers and sources, and who states each value.',
    inputSchema: { file },
    args: (input) => ['explain', z.object({ file }).parse(input).file],
  },
];
