import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const separator = '\u001e';

/**
 * Markdown with the output of every `console` block as its commands print it now. Commands are the lines that start
 * with `$ `; they run in a repository that holds the examples and the policy of this one, committed on `main`.
 */
export function fillConsoleBlocks(markdown: string): string {
  return markdown.replaceAll(/^```console\n([^]*?)^```$/gm, (_, block: string) => {
    return `\`\`\`console\n${transcriptOf(block)}\`\`\``;
  });
}

function transcriptOf(block: string): string {
  const commands = block.split('\n').filter((line) => line.startsWith('$ '));
  const outputs = inSandbox((folder, env) => {
    // Each command is told apart from the last one's output, and sees its exit status in `$?`
    const script = commands.map((command) => `printf '${separator}'; (exit $status); ${command.slice(2)}\nstatus=$?\n`);
    const { stdout, error } = spawnSync('bash', ['-c', `exec 2>&1; status=0\n${script.join('')}`], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    if (/^Node\.js v\d/m.test(stdout)) throw new Error(`A command of the documentation crashed:\n${stdout}`);
    return stdout.split(separator).slice(1);
  });
  return commands.map((command, index) => `${command}\n${withNewline(outputs[index] ?? '')}`).join('');
}

function withNewline(output: string): string {
  const trimmed = output.trimEnd();
  return trimmed === '' ? '' : `${trimmed}\n`;
}

function inSandbox<Result>(use: (folder: string, env: NodeJS.ProcessEnv) => Result): Result {
  const sandbox = mkdtempSync(join(tmpdir(), 'scalegate-docs-'));
  try {
    const folder = join(sandbox, 'repository');
    const env = {
      ...process.env,
      PATH: `${sandbox}${delimiter}${process.env['PATH'] ?? ''}`,
      FORCE_COLOR: '0',
      GIT_CONFIG_GLOBAL: '/dev/null',
      ...commitDates,
    };
    const command = `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'src/cli/index.ts')}" "$@"\n`;
    writeFileSync(join(sandbox, 'scalegate'), command, { mode: 0o755 });
    for (const path of ['examples', '.github/scalegate.yml']) {
      cpSync(join(root, path), join(folder, path), { recursive: true });
    }
    for (const step of [
      ['init', '-q', '-b', 'main'],
      ['add', '.'],
      [...identity, 'commit', '-q', '-m', 'Examples'],
    ]) {
      const { status, stderr } = spawnSync('git', step, { cwd: folder, env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`git ${step.join(' ')}: ${stderr}`);
    }
    return use(folder, env);
  } finally {
    rmSync(sandbox, { recursive: true });
  }
}

/** Output names commits, and their names depend on when they were made. */
const commitDates = { GIT_AUTHOR_DATE: '2026-10-03T12:00:00Z', GIT_COMMITTER_DATE: '2026-10-03T12:00:00Z' };

const identity = ['-c', 'user.name=Docs', '-c', 'user.email=docs@example.com'];
