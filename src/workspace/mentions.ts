import { syntaxOf } from '../core/document/parse-document.ts';

/** Runs of letters, digits and underscores: what stands between the marks of paths, keys, texts and commands. */
const word = /[\p{L}\p{N}_]+/gu;

/** Which of some files may name which paths, told by the words of their texts: those that it leaves out cannot. */
export class Mentions {
  readonly #byWord = new Map<string, Set<string>>();
  /** Files whose names may be put together from pieces. */
  readonly #pieced: string[] = [];
  readonly #paths: ReadonlySet<string>;

  /** `targets` are the paths that will be asked about. */
  constructor(texts: ReadonlyMap<string, string>, targets: Iterable<string>) {
    this.#paths = new Set(texts.keys());
    for (const target of targets) {
      const sought = wordOf(target);
      if (sought !== null) this.#byWord.set(sought, new Set());
    }
    for (const [path, text] of texts) {
      if (mayPiece(path, text)) this.#pieced.push(path);
      else for (const [found] of text.matchAll(word)) this.#byWord.get(found)?.add(path);
    }
  }

  /** The files that may name a path. */
  of(path: string): ReadonlySet<string> {
    const sought = wordOf(path);
    if (sought === null) return this.#paths;
    return new Set([...(this.#byWord.get(sought) ?? []), ...this.#pieced, ...this.#around(path)]);
  }

  /** A model's folder may be named by dots alone (`base_model: .`) by whatever lies in it. */
  #around(path: string): string[] {
    if (!isModel(path)) return [];
    const folder = path.slice(0, -'config.json'.length);
    return [...this.#paths].filter((other) => other.startsWith(folder));
  }
}

function isModel(path: string): boolean {
  return path === 'config.json' || path.endsWith('/config.json');
}

/** The longest word that a name of the file cannot do without; null where it may have any name. */
function wordOf(path: string): string | null {
  const [file = '', folder = ''] = path.split('/').reverse();
  const name = isModel(path) ? folder : file.replace(/\.[a-z]+$/i, '');
  const words = name.match(word) ?? [];
  return words.reduce<string | null>((longest, one) => (one.length > (longest?.length ?? 0) ? one : longest), null);
}

/**
 * Whether a text has the means to put a name together: escapes, interpolation beside other letters, variables of a
 * script, sums of strings.
 */
function mayPiece(path: string, text: string): boolean {
  const syntax = syntaxOf(path);
  if (syntax === 'shell') return text.includes('$');
  if (syntax === 'python') return /["'] ?\+|\+ ?["']|["'][ \n]{1,80}["']/.test(text);
  return text.includes('\\') || /\$\{[^{}]{0,200}\}[\w-]|[\w-]\$\{/.test(text);
}
