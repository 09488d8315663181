import type { Command } from 'commander';
import { commands, type Session } from './session.ts';

/** What `scalegate map` takes, and its help. */
export function describeMap(program: Command, { terminal, done }: Session): void {
  program
    .command('map')
    .summary('propose the mapping of a config of your own')
    .description('Propose how the keys of a config of your own are mapped to facts, as the policy states it.')
    .argument('<file>', 'the config')
    .option('--policy <file>', 'policy instead of .github/scalegate.yml')
    .addHelpText('after', '\nExit status: 0 a mapping was proposed, 2 the config cannot be read.')
    .action(async (file: string, options: object) => {
      done(await (await commands()).mapConfig(file, options, terminal));
    });
}
