import type { BothSides, ChangedFile } from '../core/change.ts';
import type { DependentConfig } from '../core/check.ts';
import { syntaxOf } from '../core/document/parse-document.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Policy } from '../core/policy/policy.ts';
import { startOf, type Problem } from '../core/problem.ts';
import { launchesOf, namedBy, openFile, type OpenFile } from '../core/reading/open-file.ts';
import { OpenedFiles } from '../core/reading/opened-files.ts';
import { openAround } from './collect.ts';
import { Mentions } from './mentions.ts';
import type { Workspace } from './workspace.ts';

/** Files that are read to find out whether they include a changed one: a hundred requests to GitHub. */
const mostRead = 10_000;
/** How deep files that the policy leaves out may stand between. */
const mostRounds = 16;

/** Configs that the pull request leaves as they are, and that include a file which it changes, or start what it starts. */
export interface Dependents {
  readonly configs: readonly DependentConfig[];
  /** Where there are more files than are read: what may depend on the change has not been seen. */
  readonly problems: readonly Problem[];
}

/**
 * Finds the configs of the head that include, name or launch a changed file, directly or by others. Every changed file
 * may be a part of one, whatever is in it: what is a part follows from opening the configs. An unchanged file names the
 * same files on both sides, so that the head tells for the base as well.
 */
export async function findDependents(
  head: Workspace,
  sides: BothSides,
  changedFiles: readonly ChangedFile[],
  policy: Policy,
): Promise<Dependents> {
  const changed = new Set(
    changedFiles.flatMap(({ path, previousPath }) => [path, ...(previousPath === null ? [] : [previousPath])]),
  );
  const parts = [...changed].filter((path) => mayBePart(path, sides));
  const named = new Set([...changed].flatMap((path) => startedBy(path, sides)));
  if (parts.length === 0 && named.size === 0) return { configs: [], problems: [] };
  const listed = await head.list();
  const started = listed.filter((path) => named.has(path) && !changed.has(path));
  if (parts.length === 0 && started.length === 0) return { configs: [], problems: [] };
  const candidates = listed
    .filter((path) => !changed.has(path) && isConfigPath(path, policy))
    .sort((a, b) => nearness(b, [...parts, ...started]) - nearness(a, [...parts, ...started]) || (a < b ? -1 : 1));
  for (const [path, content] of await head.read(candidates.slice(0, mostRead))) sides.head.add(path, content);
  const search = new Search(sides.head, candidates.slice(0, mostRead));
  if (policy.configs !== null || policy.ignore.length > 0) await readBetween(head, search);
  const reached = search.reachedFrom([...parts, ...started]).filter((path) => isConfigPath(path, policy));
  await openAround(head, sides.head, reached, { huggingFaceHub: false });
  const unseen = candidates.length - mostRead;
  return {
    configs: reached.flatMap((path) => {
      const opened = openFile(path, sides.head);
      const through = opened === null ? [] : namedBy(opened).filter((name) => changed.has(name));
      const isOther = launchesOf(path, sides.head).some(({ sources }) =>
        sources.some((name) => started.includes(name)),
      );
      return through.length === 0 && !isOther ? [] : [{ path, through: through.sort() }];
    }),
    problems: unseen > 0 ? parts.map((part) => tooMany(part, unseen)) : [],
  };
}

/**
 * Whether a file can change configs that name it: nothing names scripts, and a file that says the same on both sides
 * changes nothing.
 */
function mayBePart(path: string, { base, head }: BothSides): boolean {
  const syntax = syntaxOf(path);
  if (syntax === null || syntax === 'shell' || !isConfigPath(path)) return false;
  const [before, after] = [base, head].map((files) => files.parsed(path)?.document ?? null);
  if (before == null || after == null) return true;
  const texts = [base.text(path) ?? '', head.text(path) ?? ''];
  // Comments that Hydra reads, and imports that mmengine does
  if (texts.some((text) => text.includes('@package') || text.includes('read_base'))) return true;
  return JSON.stringify(before.value) !== JSON.stringify(after.value);
}

/** The configs that a changed launcher starts on either side: other launchers may start them, too. */
function startedBy(path: string, { base, head }: BothSides): string[] {
  return [base, head].flatMap((files) =>
    (openFile(path, files)?.launches ?? []).flatMap(({ configs }) => configs.flat()),
  );
}

/** Files that may name others, each looked into on its own. */
class Search {
  readonly paths: Set<string>;
  readonly #files: OpenedFiles;
  readonly #alone = new Map<string, { readonly open: OpenFile | null; readonly asked: ReadonlySet<string> }>();

  constructor(files: OpenedFiles, paths: readonly string[]) {
    this.#files = files;
    this.paths = new Set(paths.filter((path) => files.text(path) !== null));
  }

  add(path: string, content: NonNullable<ReturnType<OpenedFiles['content']>>): void {
    this.#files.add(path, content);
    if (this.#files.text(path) !== null) this.paths.add(path);
  }

  /** What a file asks for by itself, and what it is then. */
  alone(path: string): { readonly open: OpenFile | null; readonly asked: ReadonlySet<string> } {
    const known = this.#alone.get(path);
    if (known !== undefined) return known;
    const files = this.#files.only(path);
    const open = openFile(path, files);
    const found = { open, asked: new Set(files.unanswered) };
    this.#alone.set(path, found);
    return found;
  }

  /** Every file that may come to have something of the parts, by itself or by what it includes. */
  reachedFrom(parts: readonly string[]): string[] {
    const texts = new Map([...this.paths].map((path) => [path, this.#files.text(path) ?? '']));
    const mentions = new Mentions(texts, [...parts, ...this.paths]);
    const reached = new Set<string>();
    for (let frontier = parts; frontier.length > 0;) {
      const next: string[] = [];
      for (const name of frontier) {
        const isChanged = !this.paths.has(name);
        for (const path of mentions.of(name)) {
          if (reached.has(path) || path === name || !(isChanged || this.#mayTake(path, name))) continue;
          reached.add(path);
          next.push(path);
        }
      }
      frontier = next;
    }
    return [...reached];
  }

  /** Whether a file takes another in: where one has to look for it, its group and the values around it decide. */
  #mayTake(path: string, name: string): boolean {
    const { open, asked } = this.alone(path);
    if (open === null) return false;
    return (
      open.config.isOpen || open.config.included.size > 0 || [...asked].some((one) => lastOf(one) === lastOf(name))
    );
  }
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Files that the policy leaves out may still stand between a config and a changed file. */
async function readBetween(head: Workspace, search: Search): Promise<void> {
  const known = new Set(search.paths);
  let latest: readonly string[] = [...search.paths];
  for (let round = 1; round <= mostRounds && latest.length > 0; round += 1) {
    const named = new Set(latest.flatMap((path) => [...search.alone(path).asked]).filter((path) => !known.has(path)));
    const room = Math.max(0, mostRead - search.paths.size);
    const found = await head.read([...named].filter((path) => syntaxOf(path) !== null).slice(0, room));
    for (const path of named) known.add(path);
    for (const [path, content] of found) search.add(path, content);
    latest = [...found.keys()];
  }
}

/** How many folders a path has in common with the nearest of others. */
function nearness(path: string, others: readonly string[]): number {
  const folders = path.split('/');
  const common = others.map((other) => {
    const names = other.split('/');
    const end = folders.findIndex((folder, index) => folder !== names[index]);
    return end === -1 ? folders.length : end;
  });
  return Math.max(...common);
}

function tooMany(base: string, unseen: number): Problem {
  return {
    code: 'too-many-files',
    place: startOf(base),
    key: null,
    message: `other configs may include this file: the nearest ${mostRead} files were read to find out, and ${unseen} were not.`,
    hint: 'List the folders that hold configs under "configs" in the policy, or leave files out with "ignore".',
  };
}
