import { text } from 'node:stream/consumers';
import { todayIn } from '../workspace/today.ts';

/** One of the two places that the command line writes to, and what it can show. */
export interface Screen {
  readonly colour: boolean;
  /** In columns. */
  readonly width: number;
  readonly print: (text: string) => void;
}

/**
 * Where and when the command line runs: its working directory, the day (`2026-11-23`), what comes in,
 * and where it prints results (`out`) and complaints (`err`).
 */
export interface Terminal {
  readonly directory: string;
  readonly today: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** All that comes in on standard input. */
  readonly input: () => Promise<string>;
  readonly out: Screen;
  readonly err: Screen;
}

/** Columns where nobody's window says how many there are: logs and files scroll sideways. */
const widthOfFiles = 120;

/** The process's own terminal. */
export function processTerminal(host: NodeJS.Process): Terminal {
  // It can be read once
  let input: Promise<string> | null = null;
  return {
    directory: host.cwd(),
    today: todayIn(host.env),
    env: host.env,
    input: () => (input ??= text(host.stdin)),
    out: screenOf(host.stdout, host.env),
    err: screenOf(host.stderr, host.env),
  };
}

function screenOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Screen {
  return {
    colour: showsColour(stream, env),
    width: stream.isTTY && stream.columns > 0 ? stream.columns : widthOfFiles,
    print: (text) => stream.write(`${text}\n`),
  };
}

/** Colour is for people: FORCE_COLOR decides, then NO_COLOR (https://no-color.org), then whether it is a terminal. */
function showsColour({ isTTY }: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/**
 * A reader that stops early, such as `head`, ends the output and not the command, which keeps its own exit status. What
 * can't be written for any other reason, a full disk, ends both: a verdict that nobody can read is no pass.
 */
export function surviveClosedPipes(host: NodeJS.Process): void {
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') host.exit(2);
    });
  }
}
