import type { Document, KeyPath } from '../document/document.ts';
import { valueAt } from '../document/value-at.ts';
import type { Include, Part } from './include.ts';
import { plainInclude } from './include.ts';
import { isMap } from './layers.ts';
import { folderOf, foldersUpFrom, pathFrom } from './paths.ts';

/** Which option of each group was chosen, and which are replaced: what a Defaults List of one file says to others. */
export interface Choices {
  /** Options that replace those of the lists, by group: `override` entries and the command line. */
  readonly replaced: Map<string, string>;
  /** Options as they were met, by group. */
  readonly met: Map<string, string>;
}

/** Where a file with a Defaults List stands. */
export interface Standing {
  /** The config that was started with: groups are looked for in its folder, then in the search path, then above it. */
  readonly primary: Document;
  /** The folder of the file's own group, from the folder of all groups. */
  readonly group: string;
}

/** Entries of one list; a hostile one could have a hundred thousand. */
const mostEntries = 200;

/**
 * The Defaults List of a file (hydra.cc, "The Defaults List"), in order; null where it has none. `defaults: base.yaml`
 * and `[../base.yaml]` are files relative to this one (nemo_rl/utils/config.py). Without `_self_` the file itself comes
 * last, as in Hydra 1.1 and later.
 */
export function hydraDefaults(document: Document, standing: Standing, choices: Choices): Part[] | null {
  if (!/\.ya?ml$/.test(document.path)) return null;
  const written = valueAt(document.value, ['defaults']);
  const list = typeof written === 'string' ? [written] : written;
  if (!Array.isArray(list) || !list.every(isEntry)) return null;
  const parts = list.slice(0, mostEntries).flatMap((entry, index): Part[] => {
    const keys = typeof written === 'string' ? ['defaults'] : ['defaults', index];
    if (typeof entry !== 'string') return groupParts(entry, keys, document, standing, choices);
    if (entry === '_self_') return [{ kind: 'self' }];
    if (/\.ya?ml$/.test(entry)) return [plainInclude(entry, [pathFrom(folderOf(document.path), entry)], keys)];
    return configPart(entry, keys, document, standing);
  });
  return parts.some(({ kind }) => kind === 'self') ? parts : [...parts, { kind: 'self' }];
}

type Entry = string | Record<string, unknown>;

function isEntry(entry: unknown): entry is Entry {
  return (
    (typeof entry === 'string' && entry !== '') ||
    (isMap(entry) && Object.keys(entry).length === 1 && Object.values(entry).every(isOption))
  );
}

function isOption(option: unknown): boolean {
  return option === null || ['string', 'number', 'boolean'].includes(typeof option) || Array.isArray(option);
}

/** `base`, `group/base`, `/group/base@package`. */
function configPart(entry: string, keys: KeyPath, document: Document, standing: Standing): Part[] {
  const [path = '', packageName] = entry.split('@');
  const folder = path.split('/').slice(0, -1).join('/');
  return [includeOf({ written: entry, path, folder, packageName, isNeeded: true, keys }, document, standing)];
}

/** `[optional|override] [/]group[@package]: option`, where the option is a name, a list of names, or nothing. */
function groupParts(
  entry: Record<string, unknown>,
  keys: KeyPath,
  document: Document,
  standing: Standing,
  choices: Choices,
): Part[] {
  const [[key, option]] = Object.entries(entry) as [[string, unknown]]; // isEntry has made sure that there is one
  const match = /^((?:(?:optional|override)\s+)*)([^@\s]+)(?:@(\S+))?$/.exec(key.trim());
  if (match === null) return [];
  const [, words = '', group = '', packageName] = match;
  const absolute = groupPath(group, standing.group);
  // How Hydra itself launches and logs is nothing of the run.
  if (absolute === 'hydra' || absolute.startsWith('hydra/')) return [];
  const name = packageName === undefined ? absolute : `${absolute}@${packageName}`;
  const isOverride = words.includes('override');
  if (isOverride && choices.met.has(name)) {
    if (typeof option === 'string') choices.replaced.set(name, option);
    return [];
  }
  const chosen = choices.replaced.get(name) ?? option;
  const options = (Array.isArray(chosen) ? chosen : [chosen]).filter((one) => typeof one === 'string');
  // An override of a group that is in no list is a choice.
  if (!isOverride) choices.met.set(name, typeof chosen === 'string' ? chosen : '');
  return options.flatMap((one): Part[] => {
    const known = one.replace(/\$\{([\w./-]{1,200})\}/g, (text, other: string) => choices.met.get(other) ?? text);
    // What is left to the command line, or to an interpolation that the lists don't resolve, chooses nothing here.
    if (known === '???' || known === '' || known === 'null') return [];
    const isNeeded = !words.includes('optional');
    const written = `${group}: ${known}`;
    const path = `${group}/${known}`;
    return [includeOf({ written, path, folder: group, packageName, isNeeded, keys }, document, standing)];
  });
}

/** Groups that the command line adds to the list (`+experiment=big`); what names no file sets a value. */
export function addedGroups(chosen: ReadonlyMap<string, string>, primary: Document): Include[] {
  return [...chosen].flatMap(([key, option]) => {
    const match = /^\+([\w/-]+)(?:@(\S+))?$/.exec(key);
    if (match === null) return [];
    const [, group = '', packageName] = match;
    const written = { written: `${group}: ${option}`, path: `${group}/${option}`, folder: group, packageName };
    return [includeOf({ ...written, isNeeded: false, keys: [] }, primary, { primary, group: '' })];
  });
}

interface Written {
  readonly written: string;
  /** Group and name, without the ending of a file. */
  readonly path: string;
  readonly folder: string;
  readonly packageName: string | undefined;
  readonly isNeeded: boolean;
  readonly keys: KeyPath;
}

function includeOf({ path, folder, packageName, ...rest }: Written, document: Document, standing: Standing): Include {
  const group = groupPath(folder, standing.group);
  const name = groupPath(path, standing.group);
  const roots = searchPath(standing.primary);
  const nearest = path.startsWith('/') ? [] : [pathFrom(folderOf(document.path), path)];
  const found = [...nearest, ...roots.map((root) => pathFrom(root, name))].filter((one) => one !== null);
  // A name that leads out of the folder of the config leads nowhere.
  const isOutside = !path.startsWith('/') && nearest[0] === null;
  const candidates = isOutside
    ? []
    : found.flatMap((one) => (/\.ya?ml$/.test(one) ? [one] : [`${one}.yaml`, `${one}.yml`]));
  return {
    kind: 'include',
    ...rest,
    candidates: [...new Set(candidates)],
    package: packageName ?? null,
    group,
    folder: ownPackage(folder),
    names: null,
  };
}

/** The folders that hold groups: that of the config, those of `hydra.searchpath` in the repository, and those above. */
function searchPath({ path, value }: Document): string[] {
  const folder = folderOf(path);
  const listed = valueAt(value, ['hydra', 'searchpath']);
  const added = (Array.isArray(listed) ? listed : [])
    .slice(0, 10)
    .flatMap((entry) => (typeof entry === 'string' ? [entry] : []))
    .flatMap((entry) => {
      if (entry.startsWith('pkg://')) return pathFrom('', entry.slice('pkg://'.length).replaceAll('.', '/')) ?? [];
      return pathFrom('', entry.replace(/^file:\/\//, '')) ?? [];
    });
  return [...new Set([folder, ...added, ...foldersUpFrom(folder)])];
}

/** A group from the folder of all groups: absolute with a slash in front, else below that of the file. */
function groupPath(written: string, own: string): string {
  return pathFrom(written.startsWith('/') ? '' : own, written.replace(/^\/+/, '') || '.') ?? written;
}

/** By default the values of a group stand under its name. */
function ownPackage(folder: string): string {
  return folder
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('.');
}

/**
 * Where the values of an included file go: its package is below that of the file that includes it, unless it starts at
 * `_global_`; `_here_` is that of the file itself (hydra.cc, "Packages").
 */
export function packageOf(include: Include, text: string, parent: KeyPath): KeyPath {
  const own = include.folder;
  const named = include.package ?? packageHeader(text) ?? '_group_';
  const names = [...parent, ...named.replaceAll('_group_', own).split('.')].filter(
    (name) => name !== '' && name !== '_here_',
  );
  return names.slice(names.lastIndexOf('_global_') + 1);
}

/** `# @package _global_` before the first key. */
function packageHeader(text: string): string | null {
  for (const line of text.slice(0, 5000).split('\n')) {
    const words = line.trim();
    if (words !== '' && !words.startsWith('#')) return null;
    const header = /^#\s{0,9}@package[ \t:]{1,9}([\w.]+)/.exec(words)?.[1];
    if (header !== undefined) return header;
  }
  return null;
}
