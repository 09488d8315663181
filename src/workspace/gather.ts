import { basePath, headPath, type ChangedFile } from '../core/change.ts';
import type { CheckInput } from '../core/check.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Policy } from '../core/policy/policy.ts';
import { OpenedFiles, ParsedTexts } from '../core/reading/opened-files.ts';
import { fileOf } from '../core/recipe-path.ts';
import type { FileContent, SourceFile } from '../core/source-file.ts';
import type { Hub } from '../hub/hugging-face.ts';
import { openAround } from './collect.ts';
import { findDependents } from './dependents.ts';
import type { GuardFiles } from './guards.ts';
import { leftOut } from './left-out.ts';
import { readProposedGuards } from './proposed-guards.ts';
import { otherEndings, unreadIn } from './unread.ts';
import type { Workspace } from './workspace.ts';

/** Where a pull request is read: its two sides, and the policy and plan that hold. */
export interface PullRequestSources {
  /** The merge base. */
  readonly base: Workspace;
  readonly head: Workspace;
  readonly changedFiles: readonly ChangedFile[];
  readonly guards: GuardFiles;
  /** Asked where the policy allows it; the process's own where it is left out. */
  readonly hub?: Hub;
  /** What is parsed already. */
  readonly parsed?: ParsedTexts;
}

/**
 * Opens all that a verdict on a pull request depends on: changed configs on both sides, the configs that include a
 * changed file, and what they all refer to.
 */
export async function gatherPullRequest(sources: PullRequestSources): Promise<CheckInput> {
  const { base, head, changedFiles, guards, hub, parsed = new ParsedTexts() } = sources;
  const candidates = changedFiles.filter(({ path, previousPath }) =>
    [path, previousPath ?? path].some((name) => isConfigPath(name, guards.policy) && fileOf(name) === name),
  );
  const replacements = replacedFolders(changedFiles, candidates);
  const others = otherEndings(changedFiles, guards.policy).filter(
    (file) => !replacements.some(({ path }) => path === file.path),
  );
  const [before, after] = [presentPaths(candidates, basePath), presentPaths(candidates, headPath)];
  const [opened, openedHead] = await Promise.all([
    openedAt(base, before, guards.policy, parsed),
    openedAt(head, [...after, ...[...replacements, ...others].map(({ path }) => path)], guards.policy, parsed),
  ]);
  const sides = { base: opened, head: openedHead };
  const dependents = await findDependents(head, sides, changedFiles, guards.policy);
  const unchanged = dependents.configs.map(({ path }) => path);
  for (const path of unchanged) sides.base.add(path, sides.head.content(path));
  await Promise.all([
    openAround(base, sides.base, [...before, ...unchanged], guards.policy, hub),
    openAround(head, sides.head, [...after, ...unchanged], guards.policy, hub),
  ]);
  const unread = unreadIn(changedFiles, sides, guards.policy);
  const left = await leftOut(head, changedFiles, guards);
  const isListed = guards.policy.configs !== null;
  const changedGuards = await readChangedGuards(head, changedFiles, guards.places);
  // What can be read where a folder of configs was is a file like any other, and the configs are gone
  const hidden = replacements.filter(({ path }) => sides.head.text(path) === null);
  return {
    changes: [...candidates, ...hidden],
    dependents: dependents.configs,
    problems: [...unread.problems, ...left.problems, ...(isListed ? dependents.problems : [])],
    unread: [...unread.notices, ...left.notices, ...(isListed ? [] : dependents.problems)],
    sides,
    policy: guards.policyFile,
    planFiles: guards.planFiles,
    codeowners: guards.codeowners,
    changedGuards,
    ...(changedGuards.length === 0 ? {} : { proposed: await readProposedGuards(head, guards, parsed) }),
  };
}

function presentPaths(files: readonly ChangedFile[], pathOf: (file: ChangedFile) => string | null): string[] {
  return files.map(pathOf).filter((path) => path !== null);
}

/** A file that was listed and is not there has not been seen, and what has not been seen is no pass. */
async function openedAt(
  workspace: Workspace,
  paths: readonly string[],
  policy: Pick<Policy, 'formats'>,
  parsed: ParsedTexts,
): Promise<OpenedFiles> {
  const contents = await workspace.read(paths);
  const lost: FileContent = { unreadable: 'is listed as changed, but could not be found at its commit' };
  return new OpenedFiles(
    paths.map((path) => [path, contents.get(path) ?? lost] as const),
    policy.formats,
    parsed,
  );
}

/** Opens every config of a repository. Each stands as it is, unchanged, so that no rule takes it for a jump. */
export async function gatherRepository(workspace: Workspace, guards: GuardFiles): Promise<CheckInput> {
  const paths = (await workspace.list()).filter((path) => isConfigPath(path, guards.policy));
  const contents = await workspace.read(paths);
  const files = new OpenedFiles(contents, guards.policy.formats);
  await openAround(workspace, files, [...contents.keys()], guards.policy);
  return {
    changes: [...contents.keys()].map((path) => ({ path, previousPath: null, status: 'modified' })),
    sides: { base: files, head: files },
    policy: guards.policyFile,
    planFiles: guards.planFiles,
    changedGuards: [],
  };
}

/**
 * What stands where a folder of configs stood, each with one of those as the path before: in a submodule, or behind a
 * link, they may well go on where nobody sees them.
 */
function replacedFolders(changedFiles: readonly ChangedFile[], candidates: readonly ChangedFile[]): ChangedFile[] {
  const gone = candidates.filter(({ status, previousPath }) => status === 'removed' || previousPath !== null);
  const configOf = new Map(
    gone.flatMap(({ path, previousPath }) => {
      const config = previousPath ?? path;
      return foldersAbove(config).map((folder) => [folder, config] as const);
    }),
  );
  return changedFiles.flatMap((file): ChangedFile[] => {
    const config = configOf.get(file.path);
    const isNewThere = file.status !== 'removed' && !candidates.includes(file);
    return config !== undefined && isNewThere ? [{ path: file.path, previousPath: config, status: 'modified' }] : [];
  });
}

/** `a/b/c.yaml` → `a`, `a/b`. */
function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Policies and plans that the change touches, wherever one is looked for: one that is added may take another's place. */
async function readChangedGuards(
  head: Workspace,
  changedFiles: readonly ChangedFile[],
  places: readonly string[],
): Promise<readonly SourceFile[]> {
  const touched = changedFiles
    .flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath]))
    .filter((path) => places.includes(path));
  const contents = touched.length === 0 ? new Map<string, FileContent>() : await head.read(touched);
  return touched.map((path) => ({ path, content: contents.get(path) ?? { unreadable: 'is deleted' } }));
}
