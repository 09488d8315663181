import type { FileContent } from '../../core/source-file.ts';

/** Characters of all contents together. */
const mostCharacters = 32_000_000;

/** Contents of files by the id of their blob, under which they never change; those not used for the longest time go first. */
export class KnownBlobs {
  // A Map keeps the order in which its keys came
  readonly #contents = new Map<string, FileContent>();
  #length = 0;

  get(key: string): FileContent | undefined {
    const content = this.#contents.get(key);
    if (content === undefined) return undefined;
    this.#contents.delete(key);
    this.#contents.set(key, content);
    return content;
  }

  set(key: string, content: FileContent): void {
    this.#forget(key);
    this.#contents.set(key, content);
    this.#length += lengthOf(content);
    for (const oldest of this.#contents.keys()) {
      if (this.#length <= mostCharacters) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    const content = this.#contents.get(key);
    if (content === undefined) return;
    this.#length -= lengthOf(content);
    this.#contents.delete(key);
  }
}

function lengthOf(content: FileContent): number {
  return 'text' in content ? content.text.length : 0;
}
