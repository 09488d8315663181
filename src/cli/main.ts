import { CommanderError } from 'commander';
import { describeProgram } from './program.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { explain } from './explain.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line and returns its exit status: 0 pass, 1 fail, 2 usage or unreadable input, 3 waiting. */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitStatus> {
  let status: ExitStatus = exitStatus.pass;
  const program = describeProgram({ terminal, done: (result) => (status = result), run: main });
  try {
    await program.parseAsync(args, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.pass : exitStatus.unusable;
    terminal.err.print(explain(error));
    return exitStatus.unusable;
  }
}
