import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Problem } from '../core/problem.ts';
import { fileOf } from '../core/recipe-path.ts';
import { folder } from '../workspace/folder.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The files among which a config is read. */
export interface Surroundings {
  /** Absolute. What policies, plans and reports call a path starts here. */
  readonly root: string;
  readonly isRepository: boolean;
  readonly workspace: Workspace;
}

/** What a path on the command line names. */
export interface Location {
  readonly surroundings: Surroundings;
  /** From the root, with forward slashes; empty for the root itself. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly exists: boolean;
  /** What reports call it, where it lies in no file. */
  readonly calledAs?: string;
  /** What may have been meant, in words, where nothing lies there. */
  readonly hint?: string | null;
}

/** Finds the place that a path names, seen from the working directory. What does not exist has a place, too. */
export async function locate(directory: string, target: string): Promise<Location> {
  const file = fileOf(target);
  const absolute = resolve(directory, file);
  const stats = await stat(absolute).catch(() => null);
  const isFolder = stats?.isDirectory() === true;
  const holder = await realFolder(isFolder ? absolute : dirname(absolute));
  const surroundings = await surroundingsOf(holder, await realFolder(directory));
  const path = pathWithin(surroundings.root, isFolder ? holder : join(holder, basename(absolute)));
  // What stands behind the file, a recipe or a launcher, is not seen from here
  return { surroundings, path: `${path}${target.slice(file.length)}`, isFolder, exists: stats !== null };
}

/**
 * The repository that a folder is in. Outside of any, the working directory where the folder is below it, or else the
 * folder itself. Git is not asked: an estimate needs none.
 */
async function surroundingsOf(holder: string, directory: string): Promise<Surroundings> {
  const repository = await repositoryAround(holder);
  const isBelow = !isOutside(relative(directory, holder));
  const root = repository ?? (isBelow ? directory : holder);
  return { root, isRepository: repository !== null, workspace: folder(root) };
}

async function repositoryAround(directory: string): Promise<string | null> {
  const isRoot = await access(join(directory, '.git')).then(
    () => true,
    () => false,
  );
  if (isRoot) return directory;
  const parent = dirname(directory);
  return parent === directory ? null : repositoryAround(parent);
}

/** The folder itself where a symbolic link leads to it, so that it and the root of its repository agree. */
async function realFolder(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/** An absolute path as the repository knows it: from the root, with forward slashes. */
export function pathWithin(root: string, absolute: string): string {
  return relative(root, absolute).split(sep).join('/');
}

/** A path within the root as a person at the working directory would write it, and a terminal can open it. */
export function seenFrom(directory: string, root: string, path: string): string {
  const absolute = join(root, path);
  const seen = relative(directory, absolute) || '.';
  return seen.length < absolute.length ? seen : absolute;
}

/** The problem with its path as the person sees it. */
export function problemSeenFrom(directory: string, root: string, problem: Problem): Problem {
  return { ...problem, place: { ...problem.place, path: seenFrom(directory, root, problem.place.path) } };
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path);
}
