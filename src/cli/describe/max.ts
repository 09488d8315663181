import type { Command } from 'commander';
import { commands, type Session } from './session.ts';
import { withGuards, withWhatIf } from './shared-options.ts';

/** What `scalegate max` takes, and its help. */
export function describeMax(program: Command, { terminal, done }: Session): void {
  const max = program
    .command('max')
    .summary('find how far a config goes on its GPU')
    .description(
      'Find the largest micro batch, context and model of the family, the fewest GPUs and the cheapest one, each alone.',
    )
    .argument('<file>', 'the config, a model of the catalog, or - for standard input')
    .option('--within <time>', 'how long the cheapest GPU may take (72h, 3d), instead of as long as the own one')
    .option('--json', 'the answers as JSON');
  withGuards(withWhatIf(max))
    .addHelpText('after', '\nExit status: 0 it was answered, 2 the config cannot be read.')
    .action(async (file: string, options: object) => {
      done(await (await commands()).max(file, options, terminal));
    });
}
