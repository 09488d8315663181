import type { Command } from 'commander';
import { statusHelp } from '../exit-status.ts';
import { commands, type Session } from './session.ts';
import { collect } from './shared-options.ts';

/** What `scalegate policy …` takes, and its help. */
export function describePolicy(program: Command, { terminal, done }: Session): void {
  const policy = program
    .command('policy')
    .summary('check the policy, and try it on configs')
    .description('Check the policy, and try it on configs.');
  policy
    .command('lint')
    .summary('check the policy for mistakes')
    .description('Check the policy for mistakes, for globs that match nothing, and for what can never be approved.')
    .argument('[file]', "the policy (default: the repository's)")
    .addHelpText('after', "\nExit status: 0 nothing is wrong, 1 something can't be meant, 2 it cannot be read.")
    .action(async (file: string | undefined) => {
      done(await (await commands()).policyLint(file, terminal));
    });
  policy
    .command('test')
    .summary('show what of the policy applies to configs')
    .description('Show which parts of the policy apply to configs, and the verdict that each would get as a new one.')
    .argument('<files...>', 'configs')
    .option('--policy <file>', 'policy instead of .github/scalegate.yml, a draft for one')
    .option('--plan <file>', "plan instead of the policy's; may be repeated for a plan of several files", collect)
    .addHelpText('after', statusHelp)
    .action(async (files: string[], options: object) => {
      done(await (await commands()).policyTest(files, options, terminal));
    });
}
