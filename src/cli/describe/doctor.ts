import type { Command } from 'commander';
import { commands, type Session } from './session.ts';

/** What `scalegate doctor` takes, and its help. */
export function describeDoctor(program: Command, { terminal, done }: Session): void {
  program
    .command('doctor')
    .summary('find what keeps scalegate from being relied on')
    .description(
      'Look at policy, plan, workflows and configs of this repository for what keeps the check from being relied on.',
    )
    .option('--github', 'look at the settings on GitHub too: required checks, merge queue, teams and users')
    .addHelpText(
      'after',
      '\nWithout --github it reads the files alone. With it, GH_TOKEN or GITHUB_TOKEN reads the repository of the remote origin.\nExit status: 0 nothing to mend, 1 something, 2 policy or plan cannot be read.',
    )
    .action(async (options: { readonly github?: boolean }) => {
      done(await (await commands()).doctor(options, terminal));
    });
}
