import { spawn } from 'node:child_process';

/**
 * Runs git in a directory, without a shell, and returns what it prints. Throws with git's own words when it fails.
 * `input` goes to its standard input.
 */
export async function git(directory: string, args: readonly string[], input = ''): Promise<Buffer> {
  const child = spawn('git', ['-C', directory, ...args], {
    // Paths and messages as they are stored, no lock on a repository that is only read, and that of the directory, also
    // within a hook, where git names its own.
    env: {
      ...process.env,
      LC_ALL: 'C',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_LITERAL_PATHSPECS: '1',
      GIT_DIR: undefined,
      GIT_WORK_TREE: undefined,
      GIT_INDEX_FILE: undefined,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // Git may close its input before all is written; its exit status says what went wrong.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) => {
      reject(new Error('git could not be started; is it installed and on the PATH?', { cause }));
    });
    child.on('close', resolve);
  });
  if (status === 0) return Buffer.concat(stdout);
  const reason = Buffer.concat(stderr).toString().trim();
  throw new Error(`git ${args[0] ?? ''} failed${reason === '' ? ` with status ${status ?? 'none'}` : `: ${reason}`}`);
}

/** Runs git and splits what it prints at NUL, as the `-z` of its commands ends each field. */
export async function gitFields(directory: string, args: readonly string[]): Promise<string[]> {
  const output = await git(directory, args);
  return output.toString().split('\0').slice(0, -1);
}
