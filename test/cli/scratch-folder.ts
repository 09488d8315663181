import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sampleFiles } from '../support/sample-repository.ts';

type Files = Readonly<Record<string, string>>;

/** A folder of its own for one test, outside of any repository. */
export class ScratchFolder {
  readonly path: string;

  constructor(files: Files = {}) {
    this.path = realpathSync(mkdtempSync(join(tmpdir(), 'scalegate-cli-')));
    onTestFinished(() => {
      rmSync(this.path, { recursive: true });
    });
    this.write(files);
  }

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, path)), { recursive: true });
      writeFileSync(join(this.path, path), text);
    }
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), 'utf8');
  }

  remove(path: string): void {
    rmSync(join(this.path, path), { recursive: true });
  }

  /** Runs git with nobody's settings and the same clock and author every time, so that commits have the same names. */
  git(...args: readonly string[]): string {
    const env = {
      PATH: process.env['PATH'],
      HOME: this.path,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Tester',
      GIT_AUTHOR_EMAIL: 'tester@example.com',
      GIT_AUTHOR_DATE: '2026-01-05T12:00:00Z',
      GIT_COMMITTER_NAME: 'Tester',
      GIT_COMMITTER_EMAIL: 'tester@example.com',
      GIT_COMMITTER_DATE: '2026-01-05T12:00:00Z',
    };
    return execFileSync('git', ['-C', this.path, ...args], { env, encoding: 'utf8', stdio: 'pipe' });
  }

  /** Commits everything that is not ignored. */
  commit(files: Files = {}): void {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message=Change');
  }
}

/** A repository whose branch main has these files; without files, one that has no commit yet. */
export function scratchRepository(files: Files = {}): ScratchFolder {
  const folder = new ScratchFolder();
  folder.git('init', '--quiet', '--initial-branch=main');
  if (Object.keys(files).length > 0) folder.commit(files);
  return folder;
}

/** The first user's repository: a plan, and one config for each of its five scales. */
export function sampleRepository(more: Files = {}): ScratchFolder {
  return scratchRepository({ ...sampleFiles(), ...more });
}
