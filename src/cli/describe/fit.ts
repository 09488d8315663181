import type { Command } from 'commander';
import { commands, type Session } from './session.ts';
import { withGuards, withWhatIf } from './shared-options.ts';

/** What `scalegate fit` takes, and its help. */
export function describeFit(program: Command, { terminal, done }: Session): void {
  const fit = program
    .command('fit')
    .summary('find the smallest changes that make a config fit')
    .description('Find the smallest changes that make a config fit its GPU, and the lines to change.')
    .argument('<file>', 'the config')
    .option('--json', 'the answer as JSON');
  withGuards(withWhatIf(fit))
    .addHelpText('after', '\nExit status: 0 it fits or a way was found, 1 none was, 2 the config cannot be read.')
    .action(async (file: string, options: object) => {
      done(await (await commands()).fit(file, options, terminal));
    });
}
