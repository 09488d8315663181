import { spawn } from 'node:child_process';
import { devNull } from 'node:os';

/** A git command that ended with an exit status other than 0. */
export class GitFailure extends Error {
  readonly exitStatus: number | null;

  constructor(command: string, exitStatus: number | null, stderr: string) {
    super(`git ${command} ended with ${exitStatus ?? 'a signal'}: ${stderr.trim()}`);
    this.exitStatus = exitStatus;
  }
}

/** Runs git in a repository, untouched by the configuration of the person or machine that runs it. */
export async function git(directory: string, command: readonly string[], input = Buffer.alloc(0)): Promise<Buffer> {
  const child = spawn('git', ['-C', directory, ...command], { env: gitEnvironment });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A command that fails early closes its input; the exit status says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const exitStatus = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (exitStatus !== 0) throw new GitFailure(command.join(' '), exitStatus, Buffer.concat(stderr).toString());
  return Buffer.concat(stdout);
}

export const gitEnvironment = {
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: devNull,
  GIT_TERMINAL_PROMPT: '0',
};
