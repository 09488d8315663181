import type { Command } from 'commander';
import { commands, type Session } from './session.ts';
import { collect } from './shared-options.ts';

/** What `scalegate init` takes, and its help. */
export function describeInit(program: Command, { terminal, done }: Session): void {
  program
    .command('init')
    .summary('write a policy and a workflow for this repository')
    .description('Look for configs and a plan, then write a policy and a workflow. Files that exist stay as they are.')
    .option('--dry-run', 'print the files instead of writing them')
    .option('--plan <file>', 'the scaling plan, where it is not in one of the usual places; may be repeated', collect)
    .action(async (options: object) => {
      done(await (await commands()).init(options, terminal));
    });
}
