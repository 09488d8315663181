import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Why a program is not there to test with, or null where it is: the machine's own, else Debian's package of it, which is
 * installed where that can be done. CI goes without for no reason.
 */
export async function whyWithout(
  command: string,
  debianPackage: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  if (isInstalled(command)) return null;
  const reason = await install(command, debianPackage);
  if (reason !== null && env['CI'] === 'true') throw new Error(`CI tests with ${command}, but ${reason}`);
  if (reason !== null) console.warn(`Tests with ${command} are skipped: ${reason}`);
  return reason;
}

function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0;
}

/** One test file at a time: the others wait for it and find the program installed. */
async function install(command: string, debianPackage: string): Promise<string | null> {
  if (process.getuid?.() !== 0) return `${command} is not on the PATH, and only root could install it`;
  if (!isInstalled('apt-get')) return `there is neither ${command} nor apt-get`;
  const lock = join(tmpdir(), 'scalegate-apt-get.lock');
  for (;;) {
    if (isInstalled(command)) return null;
    if (takeLock(lock)) break;
    await sleep(200);
  }
  try {
    const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    const arguments_ = ['install', '-y', '--no-install-recommends', debianPackage];
    if (spawnSync('apt-get', arguments_, quiet).status === 0) return null;
    spawnSync('apt-get', ['update'], quiet);
    return spawnSync('apt-get', arguments_, quiet).status === 0 ? null : `apt-get could not install ${debianPackage}`;
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A lock that is older than any installation was left by a run that was killed. */
function takeLock(lock: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > 5 * 60_000) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
