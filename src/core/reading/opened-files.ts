import type { Files } from '../compose/compose.ts';
import type { ParseResult } from '../document/document.ts';
import { parseDocument } from '../document/parse-document.ts';
import { fileOf, recipeOf } from '../recipe-path.ts';
import type { Mapping } from '../run/mapping.ts';
import type { FileContent } from '../source-file.ts';

/** A step of the way from a file to its run: what it makes of a path depends on the path and the files alone. */
export type Step<Result> = (path: string, files: OpenedFiles) => Result;

interface Taken {
  readonly result: unknown;
  /** Paths that were asked for in vain: the result holds until one of them is there. */
  readonly missing: ReadonlySet<string>;
}

/**
 * The files of a repository at one commit, as far as they were read. Text → document → composed config → run: each step
 * is taken once for a path, whoever asks, and again only where a file that it missed has been added since. Steps ask by
 * {@link source}; what they asked for and nobody has looked for yet is {@link unanswered}.
 */
export class OpenedFiles {
  readonly #contents: Map<string, FileContent | null>;
  readonly #parsed: ParsedTexts;
  readonly #taken = new Map<Step<unknown>, Map<string, Taken>>();
  readonly #unanswered = new Set<string>();
  #missing = new Set<string>();

  /** The formats of the team's own, as the policy maps them. */
  readonly own: readonly Mapping[];

  /** `parsed` is shared by sides that have files in common. */
  constructor(
    contents: Iterable<readonly [string, FileContent]> = [],
    own: readonly Mapping[] = [],
    parsed = new ParsedTexts(),
  ) {
    this.#contents = new Map(contents);
    this.own = own;
    this.#parsed = parsed;
  }

  /** Adds what is at a path; null where there is nothing. */
  add(path: string, content: FileContent | null): void {
    this.#contents.set(path, content);
    this.#unanswered.delete(path);
  }

  /** The same files with another content at one path. */
  with(path: string, content: FileContent): OpenedFiles {
    const known = [...this.#contents].flatMap(([at, found]) => (found === null ? [] : [[at, found] as const]));
    return new OpenedFiles([...known, [fileOf(path), content]], this.own, this.#parsed);
  }

  /** One of the files on its own. */
  only(path: string): OpenedFiles {
    const content = this.content(path);
    return new OpenedFiles(content === null ? [] : [[fileOf(path), content]], this.own, this.#parsed);
  }

  /** What is at a path, the file of a recipe included; null where nothing is known of it. */
  content(path: string): FileContent | null {
    return this.#contents.get(fileOf(path)) ?? null;
  }

  /** Of the files that are there. */
  paths(): string[] {
    return [...this.#contents].flatMap(([path, content]) => (content === null ? [] : [path]));
  }

  text(path: string): string | null {
    const content = this.content(path);
    return content !== null && 'text' in content ? content.text : null;
  }

  /** The file's document, or what is wrong with it; null for one without text. */
  parsed(path: string): ParseResult | null {
    const text = this.text(path);
    return text === null ? null : this.#parsed.at(path, text);
  }

  /** Looks a file up for another that names it. */
  readonly source: Files = (path) => {
    const content = this.content(path);
    if (content === null) {
      this.#missing.add(path);
      if (!this.#contents.has(path)) this.#unanswered.add(path);
      return undefined;
    }
    if ('unreadable' in content) return { why: content.unreadable, problems: [] };
    const { document, problems } = this.#parsed.at(path, content.text);
    return document === null ? { why: 'cannot be read', problems } : { document, text: content.text };
  };

  /** Paths that steps asked for, and of which it is not known whether there is something. */
  get unanswered(): readonly string[] {
    return [...this.#unanswered];
  }

  /** Takes a step for a path, or gives what it gave before. */
  once<Result>(step: Step<Result>, path: string): Result {
    const results = this.#taken.get(step) ?? new Map<string, Taken>();
    this.#taken.set(step, results);
    let taken = results.get(path);
    if (taken === undefined || [...taken.missing].some((missed) => this.content(missed) !== null)) {
      const outer = this.#missing;
      this.#missing = new Set();
      taken = { result: step(path, this), missing: this.#missing };
      this.#missing = outer;
      results.set(path, taken);
    }
    for (const missed of taken.missing) this.#missing.add(missed);
    // Each step has results of its own kind
    return taken.result as Result;
  }
}

/** Texts that were parsed, by path. */
export class ParsedTexts {
  readonly #results = new Map<string, Map<string, ParseResult>>();
  readonly #parse: typeof parseDocument;

  constructor(parse = parseDocument) {
    this.#parse = parse;
  }

  at(path: string, text: string): ParseResult {
    const file = fileOf(path);
    const results = this.#results.get(file) ?? new Map<string, ParseResult>();
    this.#results.set(file, results);
    const result = results.get(text) ?? this.#parse(file, text);
    results.set(text, result);
    const recipe = recipeOf(path);
    return recipe === null ? result : (result.recipe?.(recipe) ?? result);
  }
}
