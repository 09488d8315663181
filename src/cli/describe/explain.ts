import type { Command } from 'commander';
import { commands, type Session } from './session.ts';
import { withGuards, withWhatIf } from './shared-options.ts';

/** What `scalegate explain` takes, and its help. */
export function describeExplain(program: Command, { terminal, done }: Session): void {
  const explain = program
    .command('explain')
    .summary('show how each number was calculated')
    .description(
      'Show how every figure of a config comes about: formulas with their numbers, and who states each value.',
    )
    .argument('<file>', 'the config');
  withGuards(withWhatIf(explain))
    .addHelpText('after', '\nExit status: 0 all was read, 2 something could not be.')
    .action(async (file: string, options: object) => {
      done(await (await commands()).explainConfig(file, options, terminal));
    });
}
