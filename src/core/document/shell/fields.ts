import type { Piece, ShellText } from './shell-text.ts';

/** The words that one word of a script becomes, under construction. */
export class Fields {
  readonly #split: boolean;
  readonly #done: ShellText[] = [];
  #open: Piece[] | null = null;

  /** With `split: false` everything stays one text. */
  constructor({ split = true }: { split?: boolean } = {}) {
    this.#split = split;
  }

  /** Literal text; an empty one still makes a word, as `''` does. */
  add(piece: Piece): void {
    this.#open ??= [];
    if (piece.text !== '') this.#open.push(piece);
  }

  /** Values in double quotes: those of an array stay apart, none is split. */
  addQuoted(values: readonly ShellText[]): void {
    values.forEach((value, index) => {
      if (index > 0) this.#separate();
      for (const piece of value) this.add(piece);
    });
  }

  /** Values without quotes: each is split where it has blanks. */
  addUnquoted(values: readonly ShellText[]): void {
    if (!this.#split) {
      this.addQuoted(values);
      return;
    }
    values.forEach((value, index) => {
      if (index > 0) this.#separate();
      for (const piece of value) this.#addWords(piece);
    });
  }

  finish(): readonly ShellText[] {
    if (this.#open !== null) this.#done.push(this.#open);
    this.#open = null;
    return this.#done;
  }

  #addWords({ text, offset }: Piece): void {
    for (const { 0: part, index } of text.matchAll(/\s+|\S+/g)) {
      if (part.trim() === '') this.#separate();
      else this.add({ text: part, offset: offset + index });
    }
  }

  /** Between two words; without words to be split, a blank. */
  #separate(): void {
    if (this.#split) this.finish();
    else this.#open?.push({ text: ' ', offset: this.#open.at(-1)?.offset ?? 0 });
  }
}
