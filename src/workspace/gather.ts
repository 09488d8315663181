import type { Change, CheckInput } from '../core/check.ts';
import type { FileContent, SourceFile } from '../core/source-file.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Hub } from '../hub/hugging-face.ts';
import { collectReferenced } from './collect.ts';
import { findDependents, type ChangedTexts } from './dependents.ts';
import type { GuardFiles } from './guards.ts';
import type { ChangedFile, Workspace } from './workspace.ts';

/** Where a pull request is read: its two sides, and the policy and plan that hold. */
export interface PullRequestSources {
  /** The merge base. */
  readonly base: Workspace;
  readonly head: Workspace;
  readonly changedFiles: readonly ChangedFile[];
  readonly guards: GuardFiles;
  /** Asked where the policy allows it; the process's own where it is left out. */
  readonly hub?: Hub;
}

/**
 * Reads all that a verdict on a pull request depends on: changed configs on both sides, the configs that include a
 * changed file, and what they all refer to.
 */
export async function gatherPullRequest(sources: PullRequestSources): Promise<CheckInput> {
  const { base, head, changedFiles, guards, hub } = sources;
  const candidates = changedFiles.filter(({ path, previousPath }) =>
    [path, previousPath ?? path].some((candidate) => isConfigPath(candidate, guards.policy)),
  );
  const replacements = replacedFolders(changedFiles, candidates);
  const [before, after] = await Promise.all([
    base.read(candidates.filter(({ status }) => status !== 'added').map(basePath)),
    head.read([...candidates.filter(({ status }) => status !== 'removed'), ...replacements].map(({ path }) => path)),
  ]);
  const dependents = await findDependents(head, changedTexts(changedFiles, before, after), guards.policy);
  const unchanged = dependents.configs.map(({ path, content }) => [path, content] as const);
  const [atBase, atHead] = await Promise.all([
    collectReferenced(base, new Map([...before, ...unchanged]), guards.policy, hub),
    collectReferenced(head, new Map([...after, ...unchanged]), guards.policy, hub),
  ]);
  const changes = candidates.map((file): Change => ({
    path: file.path,
    previousPath: file.previousPath,
    base: file.status === 'added' ? null : contentAt(before, basePath(file)),
    head: file.status === 'removed' ? null : contentAt(after, file.path),
  }));
  const hidden = replacements.flatMap(({ path, config }): Change[] => {
    const content = contentAt(after, path);
    // What can be read there is a file like any other, and the configs are gone
    return 'text' in content ? [] : [{ path, previousPath: config, base: contentAt(before, config), head: content }];
  });
  return {
    changes: [...changes, ...hidden],
    dependents: dependents.configs,
    problems: dependents.problems,
    referenced: { base: atBase, head: atHead },
    policy: guards.policyFile,
    plan: guards.planFile,
    changedGuards: await readChangedGuards(head, changedFiles, guards.places),
  };
}

/** What is known of every changed file, whether the policy looks at it or not. */
function changedTexts(
  changedFiles: readonly ChangedFile[],
  before: ReadonlyMap<string, FileContent>,
  after: ReadonlyMap<string, FileContent>,
): ChangedTexts {
  const paths = changedFiles.flatMap(({ path, previousPath }) =>
    previousPath === null ? [path] : [path, previousPath],
  );
  return new Map(
    paths.map((path) => [path, [before.get(path), after.get(path)].filter((content) => content !== undefined)]),
  );
}

/** Reads every config of a repository. Each stands as it is, unchanged, so that no rule takes it for a jump. */
export async function gatherRepository(workspace: Workspace, guards: GuardFiles): Promise<CheckInput> {
  const paths = (await workspace.list()).filter((path) => isConfigPath(path, guards.policy));
  const contents = await workspace.read(paths);
  const referenced = await collectReferenced(workspace, contents, guards.policy);
  return {
    changes: [...contents].map(([path, content]) => ({ path, previousPath: null, base: content, head: content })),
    referenced: { base: referenced, head: referenced },
    policy: guards.policyFile,
    plan: guards.planFile,
    changedGuards: [],
  };
}

/**
 * What stands where a folder of configs stood, and one of those: in a submodule, or behind a link, they may well go on where
 * nobody sees them.
 */
function replacedFolders(changedFiles: readonly ChangedFile[], candidates: readonly ChangedFile[]) {
  const gone = candidates.filter(({ status, previousPath }) => status === 'removed' || previousPath !== null);
  const configOf = new Map(
    gone.flatMap((file) => foldersAbove(basePath(file)).map((folder) => [folder, basePath(file)] as const)),
  );
  return changedFiles.flatMap((file) => {
    const config = configOf.get(file.path);
    const isNewThere = file.status !== 'removed' && !candidates.includes(file);
    return config !== undefined && isNewThere ? [{ path: file.path, config }] : [];
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

function basePath({ path, previousPath }: ChangedFile): string {
  return previousPath ?? path;
}

/** A file that was listed and is not there has not been seen, and what has not been seen is no pass. */
function contentAt(contents: ReadonlyMap<string, FileContent>, path: string): FileContent {
  return contents.get(path) ?? { unreadable: 'is listed as changed, but could not be found at its commit' };
}
