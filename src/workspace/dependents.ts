import type { DependentConfig } from '../core/check.ts';
import { syntaxOf, type Syntax } from '../core/document/parse-document.ts';
import { formatOf } from '../core/reading/recognize.ts';
import { referencesOf } from '../core/reading/read-run.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Policy } from '../core/policy/policy.ts';
import { startOf, type Problem } from '../core/problem.ts';
import type { FileContent } from '../core/source-file.ts';
import type { Workspace } from './workspace.ts';

/** Files that are read to find out whether they include a changed one: twenty requests to GitHub. */
const mostRead = 2000;
/** How deep files that the policy leaves out may stand between. */
const mostRounds = 16;

/** Configs that the pull request leaves as they are, and that include a file which it changes. */
export interface Dependents {
  readonly configs: readonly DependentConfig[];
  /** Where there are more files than are read: what may depend on the change has not been seen. */
  readonly problems: readonly Problem[];
}

/** What both sides of the changed files say, by path; a file that was not read is taken for one that can be included. */
export type ChangedTexts = ReadonlyMap<string, readonly FileContent[]>;

/**
 * Finds the configs of the head that include a changed file, or include one that does. Files are only listed and read
 * where a changed file is one that a config could include; those nearest to it first. An unchanged file names the same
 * files on both sides, so that the head tells for the base as well.
 */
export async function findDependents(
  head: Workspace,
  changed: ChangedTexts,
  policy: Pick<Policy, 'configs' | 'ignore' | 'formats'>,
): Promise<Dependents> {
  const bases = [...changed]
    .filter(([path, contents]) => isIncludable(path, contents, policy.formats))
    .map(([path]) => path);
  if (bases.length === 0) return { configs: [], problems: [] };
  const syntaxes = includers(bases);
  const listed = await head.list();
  const candidates = listed
    .filter((path) => syntaxes.has(syntaxOf(path)) && !changed.has(path) && isConfigPath(path, policy))
    .sort((a, b) => nearness(b, bases) - nearness(a, bases) || (a < b ? -1 : 1));
  const texts = textsOf(await head.read(candidates.slice(0, mostRead)));
  const known = new Map([...texts, ...[...changed].flatMap(([path, contents]) => textOf(path, contents.at(-1)))]);
  const isNarrow = policy.configs !== null || policy.ignore.length > 0;
  if (isNarrow) await readBetween(head, new Set(listed), texts, known, policy.formats);
  const unseen = candidates.length - mostRead;
  return {
    configs: includersOf(bases, texts, known, policy.formats).filter(({ path }) => isConfigPath(path, policy)),
    problems: unseen > 0 ? bases.map((base) => tooMany(base, unseen)) : [],
  };
}

/** Files that the policy leaves out may still stand between a config and a changed file. */
async function readBetween(
  head: Workspace,
  listed: ReadonlySet<string>,
  texts: Map<string, string>,
  known: Map<string, string>,
  own: Policy['formats'],
): Promise<void> {
  let latest: ReadonlyMap<string, string> = texts;
  for (let round = 1; round <= mostRounds && latest.size > 0; round += 1) {
    const named = [...latest].flatMap(([path, text]) => referencesOf(path, text, known, own));
    const between = [...new Set(named)].filter((path) => listed.has(path) && !known.has(path));
    latest = textsOf(await head.read(between.slice(0, Math.max(0, mostRead - texts.size))));
    for (const [path, text] of latest) {
      texts.set(path, text);
      known.set(path, text);
    }
  }
}

/** Goes from the changed files to those that name them, and from those on, until nothing new is found. */
function includersOf(
  bases: readonly string[],
  texts: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, string>,
  own: Policy['formats'],
): DependentConfig[] {
  const through = new Map<string, ReadonlySet<string>>(bases.map((base) => [base, new Set([base])]));
  const named = new Map<string, readonly string[]>();
  for (let frontier: readonly string[] = bases; frontier.length > 0;) {
    const words = frontier.map(wordOf);
    const next: string[] = [];
    for (const [path, text] of texts) {
      if (!named.has(path) && !mentions(text, words)) continue;
      const names = named.get(path) ?? referencesOf(path, text, known, own);
      named.set(path, names);
      const before = through.get(path)?.size ?? 0;
      const reached = new Set(names.flatMap((name) => [...(through.get(name) ?? [])]));
      if (reached.size === 0) continue;
      const all = new Set([...(through.get(path) ?? []), ...reached]);
      if (all.size === before) continue;
      through.set(path, all);
      next.push(path);
    }
    frontier = next;
  }
  return [...texts].flatMap(([path, text]) => {
    const changed = through.get(path);
    return changed === undefined ? [] : [{ path, content: { text }, through: [...changed].sort() }];
  });
}

/** Whoever names a file writes its name, or that of its folder where every such file is called the same. */
function wordOf(path: string): string {
  const [file = '', folder = ''] = path.split('/').reverse();
  const name = file.replace(/\.[a-z]+$/i, '');
  return name === 'config' && folder !== '' && file.endsWith('.json') ? folder : name;
}

function mentions(text: string, words: readonly string[]): boolean {
  // A name may be put together: `optim: ${model}_adam`.
  return words.some((word) => text.includes(word)) || (text.includes('defaults:') && text.includes('${'));
}

/** Keys that files of other tools have, in YAML or JSON. */
const foreign = /^["']?(?:apiVersion|openapi|swagger|services|jobs|on|repos|dependencies|scripts)["']?[ \t]*:/m;
/** Keys of what configs are made of: models, batches, optimizers, parallelism, hardware, paths of other configs. */
const usual =
  /^[ \t]*["']?[\w-]*(?:model|batch|seq|len|layer|hidden|head|dim|size|precision|dtype|optim|lr|rate|parallel|node|gpu|device|process|step|epoch|iter|zero|fsdp|offload|checkpoint|defaults|base|train|lora|quant|name|degree|accumul)[\w-]*["']?[ \t]*[:=]/im;

/** Whether some config could include a file like this. */
function isIncludable(path: string, contents: readonly FileContent[], own: Policy['formats']): boolean {
  const syntax = syntaxOf(path);
  if (syntax === null || syntax === 'shell' || !isConfigPath(path)) return false;
  // Whatever it is, it could not be looked into.
  if (contents.length === 0) return syntax !== 'python';
  return contents.some((content) => 'unreadable' in content || isPart(path, syntax, content.text, own));
}

function isPart(path: string, syntax: Syntax, text: string, own: Policy['formats']): boolean {
  // A config of mmengine or nanoGPT assigns; a program defines.
  if (syntax === 'python') return /^\w+ *=/m.test(text) && !/^(?:async def|def|class|if|for|while|try) /m.test(text);
  // Nothing includes a manifest, which is a config of its own where it launches one.
  if (/^apiVersion[ \t]*:/m.test(text)) return false;
  return (!foreign.test(text) && usual.test(text)) || formatOf(path, text, own) !== null;
}

/** In what a file that includes one of these is written. */
function includers(bases: readonly string[]): ReadonlySet<Syntax | null> {
  const syntaxes = new Set<Syntax | null>(['shell']);
  for (const base of bases) {
    const syntax = syntaxOf(base);
    syntaxes.add(syntax);
    // Recipes name their DeepSpeed file and the folder of their model.
    if (syntax === 'json') for (const recipe of ['yaml', 'toml'] as const) syntaxes.add(recipe);
    if (syntax === 'toml') syntaxes.add('yaml');
  }
  return syntaxes;
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

function textsOf(contents: ReadonlyMap<string, FileContent>): Map<string, string> {
  return new Map([...contents].flatMap(([path, content]) => textOf(path, content)));
}

function textOf(path: string, content: FileContent | undefined): [string, string][] {
  return content !== undefined && 'text' in content ? [[path, content.text]] : [];
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
