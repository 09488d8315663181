import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { version } from '../../core/version.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { toolCommands } from '../tool-commands.ts';
import type { Screen, Terminal } from '../terminal.ts';

/** Runs one command line, as the program does. */
export type Run = (args: readonly string[], terminal: Terminal) => Promise<ExitStatus>;

/**
 * `scalegate mcp`: estimate, diff, fit and explain as tools for an agent, over standard input and output, in the working
 * directory. Ends when the agent closes the connection. Nothing is written, and nothing of a config is run.
 */
export async function mcp(run: Run, terminal: Terminal): Promise<ExitStatus> {
  const server = new McpServer({ name: 'scalegate', version });
  for (const { name, description, inputSchema, args } of toolCommands) {
    server.registerTool(
      name,
      { description, inputSchema, annotations: { readOnlyHint: true, openWorldHint: false } },
      async (input: unknown) => answerOf(args(z.record(z.string(), z.unknown()).parse(input)), run, terminal),
    );
  }
  const ended = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
  });
  process.stdin.on('end', () => void server.close());
  await server.connect(new StdioServerTransport());
  await ended;
  return exitStatus.pass;
}

/** What the command printed. One that cannot read its input is an error; a verdict is an answer, whichever it is. */
async function answerOf(
  args: readonly string[],
  run: Run,
  { directory, today, env }: Terminal,
): Promise<CallToolResult> {
  const out: string[] = [];
  const err: string[] = [];
  const screen = (lines: string[]): Screen => ({ colour: false, width: 120, print: (text) => lines.push(text) });
  // Standard input is the agent's
  const input = () => Promise.resolve('');
  const status = await run(args, { directory, today, env, input, out: screen(out), err: screen(err) });
  const isError = status === exitStatus.unusable;
  return { content: [{ type: 'text', text: (isError ? [...out, ...err] : out).join('\n') }], isError };
}
