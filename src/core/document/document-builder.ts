import { startOf, type Place, type Problem } from '../problem.ts';
import { documentLimits, type Document, type KeyPath, type ParseResult } from './document.ts';
import { showText } from './show-value.ts';

/** A value with where it stands, and where everything in it stands. */
export interface PlacedValue {
  readonly value: unknown;
  /** Offset of the key, or of the item of a list. */
  readonly offset: number;
  readonly children: ReadonlyMap<string, PlacedValue>;
  /** Values in it, itself included, with aliases counted as often as they are used. */
  readonly size: number;
  readonly height: number;
}

export interface Entry {
  readonly key: string;
  readonly offset: number;
  readonly value: PlacedValue;
}

/** A hostile file has a hundred thousand. */
const maxDuplicates = 50;

const noChildren: ReadonlyMap<string, PlacedValue> = new Map();

/** What the three parsers share: offsets to places, values with their places, limits, problems. */
export class DocumentBuilder {
  readonly problems: Problem[] = [];
  /** Keys that stand there again; the last counts, as in most loaders. */
  readonly duplicates: Problem[] = [];
  readonly #path: string;
  readonly #text: string;
  readonly #lineStarts: number[] = [0];

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#lineStarts.push(at + 1);
  }

  scalar(value: unknown, offset: number): PlacedValue {
    return { value, offset, children: noChildren, size: 1, height: 1 };
  }

  list(items: readonly PlacedValue[], offset: number): PlacedValue {
    const children = new Map(items.map((item, index) => [String(index), item]));
    return this.#container(
      items.map((item) => item.value),
      children,
      offset,
    );
  }

  map(entries: readonly Entry[], offset: number): PlacedValue {
    // Without a prototype, `__proto__` is a key like any other.
    const value = Object.create(null) as Record<string, unknown>;
    const children = new Map<string, PlacedValue>();
    for (const entry of entries) {
      const first = children.get(entry.key);
      if (first !== undefined) this.#reportDuplicate(entry, first);
      value[entry.key] = entry.value.value;
      children.set(entry.key, { ...entry.value, offset: entry.offset });
    }
    return this.#container(value, children, offset);
  }

  report(code: string, offset: number, message: string, hint: string | null): void {
    this.problems.push({ code, place: this.placeAt(offset), key: null, message, hint });
  }

  /** Reports nesting or number of values beyond the limits, once. */
  holdToLimits(depth: number, nodes: number, offset: number): boolean {
    const { maxDepth, maxNodes } = documentLimits;
    if (depth <= maxDepth && nodes <= maxNodes) return true;
    if (this.problems.some((problem) => problem.code === 'too-deep' || problem.code === 'too-many-values'))
      return false;
    if (depth > maxDepth) this.report('too-deep', offset, `Values nest deeper than ${maxDepth} levels.`, null);
    else this.report('too-many-values', offset, `The file has more than ${maxNodes} values.`, null);
    return false;
  }

  placeAt(offset: number): Place {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { path: this.#path, line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** The text at an offset up to the end of its line, quoted and short: what a message says was found. */
  found(offset: number): string {
    if (offset >= this.#text.length) return 'the end of the file';
    const [line = ''] = this.#text.slice(offset, offset + 80).split(/\r?\n/, 1);
    return line === '' ? 'the end of the line' : showText(line.trimEnd());
  }

  /** The document, or null where anything was reported. */
  finish(root: PlacedValue | null, leniencies: readonly Problem[] = []): ParseResult {
    const lenient = [...leniencies, ...this.duplicates];
    if (root === null || this.problems.length > 0)
      return { document: null, problems: this.problems, leniencies: lenient };
    return { document: this.#documentOf(root), problems: [], leniencies: lenient };
  }

  #documentOf(root: PlacedValue): Document {
    const placeOf = (keys: KeyPath): Place => {
      let found: PlacedValue | null = null;
      for (const key of keys) {
        const child: PlacedValue | undefined = (found ?? root).children.get(String(key));
        if (child === undefined) break;
        found = child;
      }
      return found === null ? startOf(this.#path) : this.placeAt(found.offset);
    };
    return { path: this.#path, value: root.value, placeOf };
  }

  #container(value: unknown, children: ReadonlyMap<string, PlacedValue>, offset: number): PlacedValue {
    let size = 1;
    let height = 0;
    for (const child of children.values()) {
      size += child.size;
      height = Math.max(height, child.height);
    }
    this.holdToLimits(height + 1, size, offset);
    return { value, offset, children, size, height: height + 1 };
  }

  #reportDuplicate({ key, offset }: Entry, first: PlacedValue): void {
    if (this.duplicates.length >= maxDuplicates) return;
    const { line } = this.placeAt(first.offset);
    this.duplicates.push({
      code: 'duplicate-key',
      place: this.placeAt(offset),
      key: null,
      message: `${showText(key)} is already set on line ${line}.`,
      hint: 'Expected every key once.',
    });
  }
}
