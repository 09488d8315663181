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
    .addHelpText(
      'after',
      '\nIt reads the files alone: required checks, rulesets and teams are settings on GitHub.\nExit status: 0 nothing to mend, 1 something, 2 policy or plan cannot be read.',
    )
    .action(async () => {
      done(await (await commands()).doctor(terminal));
    });
}
