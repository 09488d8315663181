import { Option, type Command } from 'commander';
import { statusHelp } from '../exit-status.ts';
import { commands, type Session } from './session.ts';

/** What `scalegate diff` takes, and its help. */
export function describeDiff(program: Command, { terminal, done }: Session): void {
  program
    .command('diff')
    .summary('evaluate a change like its pull request')
    .description('Evaluate a change like its pull request, with the policy and the plan of the base.')
    .argument('[base]', 'where the change goes (default: origin/HEAD, else main or master)')
    .argument('[head]', 'the change (default: the working tree, uncommitted edits included)')
    .addOption(new Option('--json', 'the same as --format json').conflicts(['markdown', 'format']))
    .addOption(new Option('--markdown', 'the same as --format markdown').conflicts('format'))
    .option(
      '--format <name>',
      'text (default), html, json, junit, markdown (the comment), sarif or unix (a line a finding)',
    )
    .option('--policy <file>', 'policy as it lies there, a draft for one, instead of that of the base')
    .addHelpText('after', diffHelp)
    .action(async (base: string | undefined, head: string | undefined, options: object) => {
      done(await (await commands()).diff(base, head, options, terminal));
    });
}

const diffHelp = `
Examples:
  scalegate diff                 the working tree against the default branch
  scalegate diff v1.2 my-branch  from where my-branch left v1.2 to its tip
  scalegate diff --markdown      the comment that the pull request would get
${statusHelp}`;
