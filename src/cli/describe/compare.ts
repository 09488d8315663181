import type { Command } from 'commander';
import { commands, type Session } from './session.ts';
import { withGuards, withWhatIf } from './shared-options.ts';

/** What `scalegate compare` takes, and its help. */
export function describeCompare(program: Command, { terminal, done }: Session): void {
  const compare = program
    .command('compare')
    .summary('compare a config on several kinds and numbers of GPUs')
    .description('Compare memory, GPU-hours, time and cost of a config on several kinds and numbers of GPUs.')
    .argument('<file>', 'the config, a model of the catalog, or - for standard input')
    .option('--json', 'the runs as JSON');
  withGuards(withWhatIf(compare))
    .addHelpText('after', compareHelp)
    .action(async (file: string, options: object) => {
      done(await (await commands()).compare(file, options, terminal));
    });
}

const compareHelp = `
--gpu and --count take lists:
  scalegate compare configs/large.yaml --gpu A100-80GB,H100,H200 --count 8,16,32

It judges nothing. Exit status: 0 it was answered, 2 the config cannot be read.`;
