import type { Command } from 'commander';

/** Options that say what a config is held against. */
export function withGuards(command: Command): Command {
  return command
    .option('--policy <file>', 'policy instead of .github/scalegate.yml')
    .option('--plan <file>', "plan instead of the policy's; may be repeated for a plan of several files", collect);
}

/** Options that take a run with other values than its config states. */
export function withWhatIf(command: Command): Command {
  return command
    .option('--gpu <name>', 'on this GPU')
    .option('--count <n>', 'on so many GPUs')
    .option('--price <usd>', 'at so many dollars for a GPU-hour')
    .option('--tokens <n>', 'for so many tokens: 2e9, 300B')
    .option('--set <key=value>', 'with any fact of docs/run-config.md; may be repeated', collect);
}

/** The values of an option that is repeated. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}
