import { Option, type Command } from 'commander';
import type { LintOptions } from '../commands/plan-lint.ts';
import type { ProposeOptions } from '../commands/plan-propose.ts';
import { commands, type Session } from './session.ts';
import { withGuards } from './shared-options.ts';

/** What `scalegate plan …` takes, and its help. */
export function describePlan(program: Command, { terminal, done }: Session): void {
  const plan = program
    .command('plan')
    .summary('read and check the scaling plan')
    .description('Read and check the scaling plan.');
  plan
    .command('lint')
    .summary('check the plan for impossible or inconsistent figures')
    .description('Check the plan for impossible or inconsistent figures, and show the arithmetic.')
    .argument('[files...]', "the plan (default: the repository's)")
    .addOption(new Option('--json', 'the remarks as JSON').conflicts('fix'))
    .option('--fix', 'print a diff that puts right the figures that follow from others')
    .option('--write', 'with --fix: change the plan instead')
    .addHelpText('after', '\nExit status: 0 no error, 1 the plan is impossible somewhere, 2 it cannot be read.')
    .action(async (files: string[], options: LintOptions) => {
      done(await (await commands()).planLint(files, options, terminal));
    });
  plan
    .command('show')
    .summary('print the plan as scalegate reads it')
    .description('Print the plan as scalegate reads it, with what its figures imply.')
    .argument('[files...]', "the plan (default: the repository's)")
    .option('--json', 'every figure with its place, as JSON')
    .addHelpText('after', '\nExit status: 0 all of it was read, 2 some of it could not be.')
    .action(async (files: string[], options: object) => {
      done(await (await commands()).planShow(files, options, terminal));
    });
  plan
    .command('status')
    .summary('say what of the plan is done, and what is next')
    .description(
      'Say of each row whether it is planned, validated or exceeded, what is next, and what is left of the total.',
    )
    .argument('[files...]', "the plan (default: the repository's)")
    .option('--json', 'the same as JSON')
    .addHelpText('after', '\nExit status: 0 all of the plan was read, 2 some of it could not be.')
    .action(async (files: string[], options: object) => {
      done(await (await commands()).showPlanStatus(files, options, terminal));
    });
  plan
    .command('init')
    .summary('write a plan from the configs of this repository')
    .description(
      'Write docs/scaling-plan.md with what is estimated for the configs of this repository, to be reviewed.',
    )
    .option('--dry-run', 'print the plan instead of writing it')
    .action(async (options: object) => {
      done(await (await commands()).planInit(options, terminal));
    });
  const propose = plan
    .command('propose')
    .summary('propose the way up to a run, step by step')
    .description(
      'Propose the models to train on the way from the largest validated scale to a run, and what each takes.',
    )
    .requiredOption('--to <file>', 'config of the wanted run')
    .option('--json', 'the same as JSON');
  withGuards(propose)
    .addHelpText(
      'after',
      '\nExit status: 0 proposed, or nothing to climb, 1 no way can be proposed, 2 config or plan cannot be read.',
    )
    .action(async (options: ProposeOptions) => {
      done(await (await commands()).planPropose(options, terminal));
    });
}
