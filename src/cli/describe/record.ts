import type { Command } from 'commander';
import type { RecordOptions } from '../commands/record.ts';
import { commands, type Session } from './session.ts';
import { withGuards } from './shared-options.ts';

/** What `scalegate record` takes, and its help. */
export function describeRecord(program: Command, { terminal, done }: Session): void {
  const record = program
    .command('record')
    .summary('record a finished run in the plan')
    .description('Record what a finished run measured in the plan, next to the estimate for its config.')
    .argument('<row>', 'row of the plan that the run is of: a scale, a stage, a run')
    .argument('<files...>', 'what the run left: trainer_state.json, exports, logs, CSV')
    .requiredOption('--link <url>', 'the finished run: a web address, or a file of the repository')
    .requiredOption('--config <file>', 'config of the run')
    .requiredOption('--date <date>', 'day on which it finished, 2026-10-03')
    .option('--dry-run', 'print the change instead of making it');
  withGuards(record)
    .addHelpText('after', '\nExit status: 0 recorded, 2 something cannot be read, or is no finished run of the row.')
    .action(async (row: string, files: string[], options: RecordOptions) => {
      done(await (await commands()).record(row, files, options, terminal));
    });
}
