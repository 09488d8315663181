import type { Command } from 'commander';
import type { Session } from './session.ts';

/** What `scalegate mcp` takes, and its help. */
export function describeMcp(program: Command, { terminal, done, run }: Session): void {
  program
    .command('mcp')
    .summary('serve estimate, diff, fit and explain to an agent')
    .description(
      'Serve estimate, diff, fit and explain as tools of the Model Context Protocol, over standard input and output.',
    )
    .action(async () => {
      done(await (await import('../commands/mcp.ts')).mcp(run, terminal));
    });
}
