import { documentLimits } from '../document.ts';
import type { DocumentBuilder, Entry, PlacedValue } from '../document-builder.ts';

/** Keys of the maps that stand for what is no literal. */
export const callKey = '$call';
export const argumentsKey = '$arguments';
export const objectKey = '$object';
export const nameKey = '$name';
export const unreadKey = '$unread';

/** Half the depth of a document: what a function returns stands two maps deep in it. */
export const maxDepth = documentLimits.maxDepth / 2;

/** Makes the values of a Python file. One that is used in another counts again: beyond the limits nothing is read. */
export class PythonValues {
  readonly #builder: DocumentBuilder;
  readonly #text: string;

  constructor(builder: DocumentBuilder, text: string) {
    this.#builder = builder;
    this.#text = text;
  }

  scalar(value: unknown, offset: number): PlacedValue {
    return this.#builder.scalar(value, offset);
  }

  list(items: readonly PlacedValue[], offset: number): PlacedValue {
    return this.#sized(offset, items, () => this.#builder.list(items, offset));
  }

  map(entries: readonly Entry[], offset: number): PlacedValue {
    const values = entries.map(({ value }) => value);
    return this.#sized(offset, values, () => this.#builder.map(entries, offset));
  }

  /** What stands there, named by the beginning of its line. */
  unread(offset: number): PlacedValue {
    const [line = ''] = this.#text.slice(offset, offset + 80).split('\n', 1);
    return this.marked(unreadKey, line, offset);
  }

  marked(key: string, text: string, offset: number): PlacedValue {
    return this.#builder.map([{ key, offset, value: this.#builder.scalar(text, offset) }], offset);
  }

  #sized(offset: number, children: readonly PlacedValue[], make: () => PlacedValue): PlacedValue {
    let size = 1;
    let height = 0;
    for (const child of children) {
      size += child.size;
      height = Math.max(height, child.height);
    }
    return size > documentLimits.maxNodes / 4 || height >= maxDepth ? this.unread(offset) : make();
  }
}
