import type { Run } from '../commands/mcp.ts';
import type { ExitStatus } from '../exit-status.ts';
import type { Terminal } from '../terminal.ts';

/** The call of the program that a command belongs to. */
export interface Session {
  readonly terminal: Terminal;
  /** Takes the exit status of the command that was called. */
  readonly done: (status: ExitStatus) => void;
  /** For a command that runs others. */
  readonly run: Run;
}

/** Reading, estimating and judging are loaded when a command is called: `--help` and a mistyped flag need none of it. */
export const commands = () => import('../commands/index.ts');
