import { Command, Option, type OutputConfiguration } from 'commander';
import { version } from '../core/version.ts';
import type { Run } from './commands/mcp.ts';
import type { LintOptions } from './commands/plan-lint.ts';
import type { ProposeOptions } from './commands/plan-propose.ts';
import type { RecordOptions } from './commands/record.ts';
import type { ReplayOptions } from './commands/replay.ts';
import type { ExitStatus } from './exit-status.ts';
import { withGuards, withWhatIf } from './shared-options.ts';
import type { Terminal } from './terminal.ts';

/** The commands with their arguments and help; each hands its exit status to `done`. `run` is for those that run others. */
export function describeProgram(terminal: Terminal, done: (status: ExitStatus) => void, run: Run): Command {
  const program = new Command('scalegate')
    .description('What a training config costs: memory per GPU, GPU-hours and dollars, before and after a change.')
    .version(version)
    .exitOverride()
    .configureOutput(outputTo(terminal))
    .configureHelp({ minWidthToWrap: 30 })
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', statusHelp);

  const estimate = program
    .command('estimate')
    .summary('estimate local config files')
    .description('Estimate local config files: one in full, several or a folder as a table.')
    .argument('<files...>', 'configs, folders of them, models of the catalog, or - for standard input')
    .option('--json', 'a JSON object for each config, one a line')
    .option('--from <date>', 'say when it ends that starts on this day: 2026-12-01, or today');
  withGuards(withWhatIf(estimate))
    .addHelpText('after', estimateHelp)
    .action(async (files: string[], options: object) => {
      done(await (await commands()).estimate(files, options, terminal));
    });

  program
    .command('diff')
    .summary('evaluate a change like its pull request')
    .description('Evaluate a change like its pull request, with the policy and the plan of the base.')
    .argument('[base]', 'where the change goes (default: origin/HEAD, else main or master)')
    .argument('[head]', 'the change (default: the working tree, uncommitted edits included)')
    .addOption(new Option('--json', 'the same as --format json').conflicts(['markdown', 'format']))
    .addOption(new Option('--markdown', 'the same as --format markdown').conflicts('format'))
    .option('--format <name>', 'text (default), json, junit, markdown (the comment), sarif or unix (a line a finding)')
    .option('--policy <file>', 'policy as it lies there, a draft for one, instead of that of the base')
    .addHelpText('after', diffHelp)
    .action(async (base: string | undefined, head: string | undefined, options: object) => {
      done(await (await commands()).diff(base, head, options, terminal));
    });

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

  const fit = program
    .command('fit')
    .summary('find the smallest changes that make a config fit')
    .description('Find the smallest changes that make a config fit its GPU, and the lines to change.')
    .argument('<file>', 'the config')
    .option('--json', 'the answer as JSON');
  withGuards(withWhatIf(fit))
    .addHelpText('after', '\nExit status: 0 it fits or a way was found, 1 none was, 2 the config cannot be read.')
    .action(async (file: string, options: object) => {
      done(await (await commands()).fit(file, options, terminal));
    });

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

  const compare = program
    .command('compare')
    .summary('compare a config on several kinds and numbers of GPUs')
    .description('Compare memory, GPU-hours, time and cost of a config on several kinds and numbers of GPUs.')
    .argument('<file>', 'the config, a model of the catalog, or - for standard input')
    .option('--json', 'the runs as JSON');
  withGuards(withWhatIf(compare))
    .addHelpText('after', compareHelp)
    .action(async (file: string, options: object) => {
      done(await (await commands()).compare(file, options, terminal));
    });

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

  const record = program
    .command('record')
    .summary('record a finished run in the plan')
    .description('Record what a finished run measured in the plan, next to the estimate for its config.')
    .argument('<scale>', 'scale of the plan that the run validates')
    .argument('<files...>', 'what the run left: trainer_state.json, exports, logs, CSV')
    .requiredOption('--link <url>', 'the finished run: a web address, or a file of the repository')
    .requiredOption('--config <file>', 'config of the run')
    .requiredOption('--date <date>', 'day on which it finished, 2026-10-03')
    .option('--dry-run', 'print the change instead of making it');
  withGuards(record)
    .addHelpText('after', '\nExit status: 0 recorded, 2 something cannot be read, or is no finished run of the scale.')
    .action(async (scale: string, files: string[], options: RecordOptions) => {
      done(await (await commands()).record(scale, files, options, terminal));
    });

  const plan = program
    .command('plan')
    .summary('read and check the scaling plan')
    .description('Read and check the scaling plan.');
  plan
    .command('lint')
    .summary('check the plan for impossible or inconsistent figures')
    .description('Check the plan for impossible or inconsistent figures, and show the arithmetic.')
    .argument('[file]', "the plan (default: the repository's)")
    .addOption(new Option('--json', 'the remarks as JSON').conflicts('fix'))
    .option('--fix', 'print a diff that puts right the figures that follow from others')
    .option('--write', 'with --fix: change the plan instead')
    .addHelpText('after', '\nExit status: 0 no error, 1 the plan is impossible somewhere, 2 it cannot be read.')
    .action(async (file: string | undefined, options: LintOptions) => {
      done(await (await commands()).planLint(file, options, terminal));
    });
  plan
    .command('show')
    .summary('print the plan as scalegate reads it')
    .description('Print the plan as scalegate reads it, with what its figures imply.')
    .argument('[file]', "the plan (default: the repository's)")
    .option('--json', 'every figure with its place, as JSON')
    .addHelpText('after', '\nExit status: 0 all of it was read, 2 some of it could not be.')
    .action(async (file: string | undefined, options: object) => {
      done(await (await commands()).planShow(file, options, terminal));
    });

  plan
    .command('status')
    .summary('say what of the plan is done, and what is next')
    .description(
      'Say of each row whether it is planned, validated or exceeded, what is next, and what is left of the total.',
    )
    .argument('[file]', "the plan (default: the repository's)")
    .option('--json', 'the same as JSON')
    .addHelpText('after', '\nExit status: 0 all of the plan was read, 2 some of it could not be.')
    .action(async (file: string | undefined, options: object) => {
      done(await (await commands()).showPlanStatus(file, options, terminal));
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
  plan
    .command('propose')
    .summary('propose the way up to a run, step by step')
    .description(
      'Propose the models to train on the way from the largest validated scale to a run, and what each takes.',
    )
    .requiredOption('--to <file>', 'config of the wanted run')
    .option('--json', 'the same as JSON')
    .option('--policy <file>', 'policy instead of .github/scalegate.yml')
    .option('--plan <file>', "plan instead of the policy's")
    .addHelpText(
      'after',
      '\nExit status: 0 proposed, or nothing to climb, 1 no way can be proposed, 2 config or plan cannot be read.',
    )
    .action(async (options: ProposeOptions) => {
      done(await (await commands()).planPropose(options, terminal));
    });

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
    .option('--plan <file>', "plan instead of the policy's")
    .addHelpText('after', statusHelp)
    .action(async (files: string[], options: object) => {
      done(await (await commands()).policyTest(files, options, terminal));
    });

  program
    .command('init')
    .summary('write a policy and a workflow for this repository')
    .description('Look for configs and a plan, then write a policy and a workflow. Files that exist stay as they are.')
    .option('--dry-run', 'print the files instead of writing them')
    .option('--plan <file>', 'the scaling plan, where it is not in one of the usual places')
    .action(async (options: object) => {
      done(await (await commands()).init(options, terminal));
    });
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

  program
    .command('mcp')
    .summary('serve estimate, diff, fit and explain to an agent')
    .description(
      'Serve estimate, diff, fit and explain as tools of the Model Context Protocol, over standard input and output.',
    )
    .action(async () => {
      done(await (await import('./commands/mcp.ts')).mcp(run, terminal));
    });
  return program;
}

function outputTo({ out, err }: Terminal): OutputConfiguration {
  return {
    writeOut: (text) => {
      out.print(text.trimEnd());
    },
    writeErr: (text) => {
      err.print(text.trimEnd());
    },
    getOutHelpWidth: () => out.width,
    getErrHelpWidth: () => err.width,
  };
}

/** Reading, estimating and judging are loaded when a command is called: `--help` and a mistyped flag need none of it. */
const commands = () => import('./commands/index.ts');

const statusHelp = `
Exit status: 0 pass, 1 fail, 2 usage or unreadable input, 3 waiting for approval.`;

const estimateHelp = `
Examples:
  scalegate estimate configs/large.yaml
  scalegate estimate configs
  scalegate estimate configs --json | jq -r '[.run.path, .memory.peak_gib] | @tsv'
  scalegate estimate configs/large.yaml --gpu H200 --count 32 --set training.micro_batch_size=8
  scalegate estimate meta-llama/Llama-3.1-8B --gpu 4090 --set training.method=qlora

An estimate judges nothing. Exit status: 0 all was read, 2 something could not be.`;

const compareHelp = `
--gpu and --count take lists:
  scalegate compare configs/large.yaml --gpu A100-80GB,H100,H200 --count 8,16,32

It judges nothing. Exit status: 0 it was answered, 2 the config cannot be read.`;

const diffHelp = `
Examples:
  scalegate diff                 the working tree against the default branch
  scalegate diff v1.2 my-branch  from where my-branch left v1.2 to its tip
  scalegate diff --markdown      the comment that the pull request would get

Exit status: 0 pass, 1 fail, 2 usage or unreadable input, 3 waiting for approval.`;
