import { execFile } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A package of Debian's with all it needs that the machine lacks, unpacked into a folder; nothing is installed. */
export interface UnpackedPackage {
  readonly root: string;
  /** With it its programs find their libraries. */
  readonly env: NodeJS.ProcessEnv;
}

/** Unpacks a package, once for all runs of this user, or says why that can't be done. */
export async function unpackPackage(name: string): Promise<UnpackedPackage | string> {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `scalegate-packages-${uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  // Programs are run from there
  if (statSync(folder).uid !== uid) return `${folder} belongs to somebody else`;
  const root = join(folder, name);
  if (!existsSync(root)) {
    const problem = await withLock(`${root}.lock`, () => (existsSync(root) ? null : download(name, root)));
    if (problem !== null) return problem;
  }
  const libraries = globSync(['usr/lib/*-linux-gnu', 'lib/*-linux-gnu'], { cwd: root }).map((path) => join(root, path));
  return { root, env: { ...process.env, LD_LIBRARY_PATH: libraries.join(':') } };
}

/** Null where it is unpacked, else why it is not. */
async function download(name: string, root: string): Promise<string | null> {
  const folder = `${root}.download`;
  const lists = join(folder, 'lists');
  const archives = join(folder, 'archives');
  for (const path of [lists, archives]) mkdirSync(join(path, 'partial'), { recursive: true });
  const options = Object.entries({
    'Dir::Cache': folder,
    'Dir::Cache::archives': archives,
    // Nobody else's business, so no lock of the machine's and no user of apt's
    'Debug::NoLocking': '1',
    'APT::Sandbox::User': '',
  }).flatMap(([option, value]) => ['-o', `${option}=${value}`]);
  const ownLists = ['-o', `Dir::State::lists=${lists}`];
  const get = ['install', '--download-only', '--yes', '--no-install-recommends', name];
  try {
    try {
      await run('apt-get', [...options, ...get]);
    } catch {
      // The machine has no lists of packages, or old ones
      await run('apt-get', [...options, ...ownLists, 'update']);
      await run('apt-get', [...options, ...ownLists, ...get]);
    }
    const unpacked = join(folder, 'root');
    for (const archive of globSync('*.deb', { cwd: archives })) {
      await run('dpkg-deb', ['--extract', join(archives, archive), unpacked]);
    }
    // Programs run as somebody else, too
    chmodSync(unpacked, 0o755);
    renameSync(unpacked, root);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error);
    return `Debian's package ${name} could not be unpacked: ${reason}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One at a time on this machine: the others wait for it, and find the package unpacked. */
async function withLock<Result>(lock: string, work: () => Result | Promise<Result>): Promise<Result> {
  while (!takeLock(lock)) await sleep(200);
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A lock that is older than any download was left by a run that was killed. */
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

/** Tests without a program are skipped with a warning; CI goes without for no reason. */
export function orSkip(missing: string, env: NodeJS.ProcessEnv = process.env): void {
  if (env['CI'] === 'true') throw new Error(`CI runs these tests, but ${missing}`);
  console.warn(`Tests are skipped: ${missing}`);
}
