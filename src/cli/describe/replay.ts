import type { Command } from 'commander';
import type { ReplayOptions } from '../commands/replay.ts';
import { commands, type Session } from './session.ts';

/** What `scalegate replay` takes, and its help. */
export function describeReplay(program: Command, { terminal, done }: Session): void {
  program
    .command('replay')
    .summary('judge past commits under the policy')
    .description(
      'Judge the past commits of a branch under the policy of the working tree: which would have failed or waited, and why.',
    )
    .argument('[branch]', 'the branch (default: HEAD); of a merge, all that it brought in')
    .option('--last <number>', 'how many commits', '100')
    .option('--json', 'a JSON object for each commit, one a line')
    .option('--policy <file>', 'policy instead of .github/scalegate.yml, a draft for one')
    .addHelpText(
      'after',
      '\nA replay judges nothing that is open. Exit status: 0, or 2 where git or the policy cannot be read.',
    )
    .action(async (branch: string | undefined, options: ReplayOptions) => {
      done(await (await commands()).replay(branch, options, terminal));
    });
}
