import type { ShellCursor } from './shell-cursor.ts';
import type { ShellText } from './shell-text.ts';

export interface HereDocument {
  readonly delimiter: string;
  /** No variables are replaced in it. */
  readonly literal: boolean;
}

/** What is done with a here-document: `read` fills a variable, a shell runs it. */
export type Use = { readonly variable: string } | 'run';

/** The here-documents that the commands of a line ask for: they stand below that line. */
export class HereDocuments {
  readonly #cursor: ShellCursor;
  #pending: { readonly asked: HereDocument; use: Use | null }[] = [];

  constructor(cursor: ShellCursor) {
    this.#cursor = cursor;
  }

  ask(asked: HereDocument): void {
    this.#pending.push({ asked, use: null });
  }

  /** A command is complete: whether it uses the last one that was asked for, and how. */
  useIn(command: readonly string[]): void {
    const last = this.#pending.at(-1);
    if (last === undefined) return;
    if (command[0] === 'read') last.use = { variable: command.at(-1) ?? '' };
    if (/^(?:sbatch|(?:ba)?sh)$/.test(command[0] ?? '')) last.use = 'run';
  }

  /** Reads over all that were asked for, and hands over those that are used and `wanted`. */
  take(wanted: () => boolean, give: (use: Use, body: ShellText) => void): void {
    for (const { asked, use } of this.#pending.splice(0)) {
      const start = this.#cursor.at;
      const end = this.#skipBody(asked.delimiter);
      if (use !== null && wanted()) give(use, this.#body(start, end, asked.literal));
    }
  }

  /** Moves behind the line of the delimiter, and returns where it starts. */
  #skipBody(delimiter: string): number {
    const cursor = this.#cursor;
    while (!cursor.isAtEnd) {
      const start = cursor.at;
      const end = cursor.lineEnd;
      cursor.at = end + 1;
      if (cursor.text.slice(start, end).trim() === delimiter) return start;
    }
    return cursor.at;
  }

  #body(start: number, end: number, literal: boolean): ShellText {
    const { source, text } = this.#cursor;
    if (!literal) return this.#cursor.quotedText(start, end);
    return [{ text: text.slice(start, end), offset: source.offsetAt(start) }];
  }
}
