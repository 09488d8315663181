import type { Command } from 'commander';
import { commands, type Session } from './session.ts';
import { withGuards, withWhatIf } from './shared-options.ts';

/** What `scalegate estimate` takes, and its help. */
export function describeEstimate(program: Command, { terminal, done }: Session): void {
  const estimate = program
    .command('estimate')
    .summary('estimate local config files')
    .description('Estimate local config files: one in full, several or a folder as a table.')
    .argument('<files...>', 'configs, folders of them, models of the catalog, or - for standard input')
    .option('--json', 'a JSON object for each config, one a line')
    .option('--from <date>', 'say when it ends that starts on this day: 2026-12-01, or today');
  withGuards(withWhatIf(estimate))
    .addHelpText('after', estimateHelp)
    .action(async (files: string[], options: object) => {
      done(await (await commands()).estimate(files, options, terminal));
    });
}

const estimateHelp = `
Examples:
  scalegate estimate configs/large.yaml
  scalegate estimate configs
  scalegate estimate configs --json | jq -r '[.run.path, .memory.peak_gib] | @tsv'
  scalegate estimate configs/large.yaml --gpu H200 --count 32 --set training.micro_batch_size=8
  scalegate estimate meta-llama/Llama-3.1-8B --gpu 4090 --set training.method=qlora

An estimate judges nothing. Exit status: 0 all was read, 2 something could not be.`;
