import { main } from '../../src/cli/main.ts';
import type { Screen } from '../../src/cli/terminal.ts';

/** What one command line did. */
export interface CliResult {
  readonly status: number;
  readonly out: string;
  readonly err: string;
  /** The session as a person sees it: the command, both outputs as they came, and the exit status. */
  readonly session: string;
}

/** Runs `scalegate` in a directory, in this process. The command line is split at spaces. */
export async function runCli(
  directory: string,
  line: string,
  { colour = false, width = 120, today = '2026-08-01', input = '', env = {} } = {},
): Promise<CliResult> {
  const printed: { to: 'out' | 'err'; text: string }[] = [];
  const screen = (to: 'out' | 'err'): Screen => ({ colour, width, print: (text) => printed.push({ to, text }) });
  const terminal = {
    directory,
    today,
    env,
    input: () => Promise.resolve(input),
    out: screen('out'),
    err: screen('err'),
  };
  const status = await main(line.split(' ').filter(Boolean), terminal);
  const textOf = (to: 'out' | 'err') => printed.flatMap((part) => (part.to === to ? [`${part.text}\n`] : [])).join('');
  const seen = printed.map(({ text }) => `${text}\n`).join('');
  const session = `$ scalegate ${line}\n${seen}[exit status ${status}]\n`;
  return { status, out: textOf('out'), err: textOf('err'), session };
}

/** Several command lines, one after the other, as one session. */
export async function runSession(directory: string, lines: readonly string[]): Promise<string> {
  const sessions: string[] = [];
  for (const line of lines) sessions.push((await runCli(directory, line)).session);
  return sessions.join('\n');
}
