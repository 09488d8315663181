import { matchesSequence } from '../glob/match-sequence.ts';

/** Where GitHub looks for the file; the first that exists is taken ("About code owners"). */
export const codeownersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/** Who owns some paths that all have the same owners. */
export interface Owners {
  readonly paths: readonly string[];
  readonly users: readonly string[];
  /** `organization/team-slug`. */
  readonly teams: readonly string[];
  /** Addresses, which can't be resolved to an account. */
  readonly emails: readonly string[];
}

/** One line of the file that GitHub honors. */
interface OwnerRule {
  readonly pattern: readonly string[];
  readonly owners: readonly string[];
}

/** GitHub does not load a larger file. Compared in characters, of which a file never has more than bytes. */
const mostCharacters = 3_000_000;

/**
 * Who owns each path, with paths of the same owners together: of the patterns that match, the last one says. Nobody
 * owns a path that no pattern matches, or whose pattern names nobody. `text` is null without a CODEOWNERS file.
 */
export function ownersOf(text: string | null, paths: readonly string[]): readonly Owners[] {
  const rules = text === null || text.length > mostCharacters ? [] : parseRules(text);
  const groups = new Map<string, { paths: string[]; owners: readonly string[] }>();
  for (const path of new Set(paths)) {
    const folders = path.split('/');
    const owners = rules.findLast(({ pattern }) => matchesPattern(pattern, folders))?.owners ?? [];
    const key = owners
      .map((owner) => owner.toLowerCase())
      .toSorted()
      .join(' ');
    const group = groups.get(key) ?? { paths: [], owners };
    group.paths.push(path);
    groups.set(key, group);
  }
  return [...groups.values()].map(sortOwners);
}

function sortOwners({ paths, owners }: { paths: readonly string[]; owners: readonly string[] }): Owners {
  const mentioned = owners.filter((owner) => owner.startsWith('@')).map((owner) => owner.slice(1));
  return {
    paths,
    users: mentioned.filter((name) => !name.includes('/')),
    teams: mentioned.filter((name) => name.includes('/')),
    emails: owners.filter((owner) => !owner.startsWith('@')),
  };
}

/** GitHub skips a line that it can't read, and goes by the others. */
function parseRules(text: string): OwnerRule[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const [pattern = '', ...rest] = wordsOf(line);
    const comment = rest.findIndex((word) => word.startsWith('#'));
    const owners = comment === -1 ? rest : rest.slice(0, comment);
    const isValid = isPattern(pattern) && owners.every((owner) => ownerForms.some((form) => form.test(owner)));
    return isValid ? [{ pattern: segmentsOf(pattern), owners }] : [];
  });
}

/** Words between white space; a backslash makes the space after it part of the word. */
function wordsOf(line: string): string[] {
  return line.match(/(?:\\.|[^\s\\])+/g) ?? [];
}

const ownerForms = [
  /^@[a-zA-Z\d](?:[a-zA-Z\d-]*[a-zA-Z\d])?(?:_[a-zA-Z\d]+)?$/,
  /^@[a-zA-Z\d][a-zA-Z\d-]*\/[\w.-]+$/,
  /^[^@\s]+@[^@\s]+$/,
];

/** No comment, and none of what .gitignore has and CODEOWNERS has not: `!` negates nothing, `[ ]` is no range. */
function isPattern(pattern: string): boolean {
  return pattern !== '' && pattern !== '/' && !/^(?:[#!]|\\#)|[[\]]/.test(pattern);
}

/**
 * The pattern as names between slashes, from the root of the repository. As in .gitignore, one without a slash before
 * its end matches at any depth, and one that names a folder matches all below it. Unlike there, `docs/*` matches files
 * in docs and not those in folders of docs.
 */
function segmentsOf(pattern: string): string[] {
  const segments = pattern.replace(/^\//, '').split('/');
  const isFolder = segments.at(-1) === '';
  if (isFolder) segments.pop();
  const isAnchored = pattern.startsWith('/') || segments.length > 1;
  const endsInStar = isAnchored && segments.at(-1) === '*' && !isFolder;
  return [...(isAnchored ? [] : ['**']), ...segments, ...(isFolder ? ['**', '*'] : endsInStar ? [] : ['**'])];
}

function matchesPattern(pattern: readonly string[], folders: readonly string[]): boolean {
  return matchesSequence(pattern, folders, '**', (segment, folder) =>
    matchesSequence(charactersOf(segment), Array.from(folder), '*', matchesCharacter),
  );
}

/** `\*` stays in one piece: it stands for the star itself. */
function charactersOf(segment: string): string[] {
  return segment.match(/\\?./gsu) ?? [];
}

function matchesCharacter(part: string, found: string): boolean {
  return part === '?' || part === found || part === `\\${found}`;
}
