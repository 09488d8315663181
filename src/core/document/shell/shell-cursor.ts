import type { Expander } from './expander.ts';
import type { ShellText, Source } from './shell-text.ts';

/** A place in a script that moves on: words and values are read where it stands. */
export class ShellCursor {
  readonly source: Source;
  readonly text: string;
  at = 0;
  readonly #expander: Expander;

  constructor(source: Source, expander: Expander) {
    this.source = source;
    this.text = source.text;
    this.#expander = expander;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  get character(): string {
    return this.text[this.at] ?? '';
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Whether a sticky pattern matches here. */
  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  /** Moves behind what a sticky pattern matches here. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    this.at += match?.[0].length ?? 0;
    return match;
  }

  /** The words that the one here expands to. Where none stands here, one character is passed over all the same. */
  word(): readonly ShellText[] {
    const { fields, end } = this.#expander.word(this.source, this.at);
    this.at = Math.max(end, this.at + 1);
    return fields;
  }

  /** The word here as one text, as the value of an assignment is read; empty where none stands here. */
  value(): ShellText {
    const { text, end } = this.#expander.value(this.source, this.at);
    this.at = end;
    return text;
  }

  /** A part of the script in which only variables are replaced, as in a here-document. */
  quotedText(start: number, end: number): ShellText {
    const offsetAt = (index: number): number => this.source.offsetAt(start + index);
    return this.#expander.quotedText({ text: this.text.slice(start, end), offsetAt });
  }

  get lineEnd(): number {
    const end = this.text.indexOf('\n', this.at);
    return end === -1 ? this.text.length : end;
  }

  /** Moves to the next `character` of the line, or to its end. */
  skipTo(character: string): void {
    const end = this.lineEnd;
    const found = this.text.slice(this.at, end).indexOf(character);
    this.at = found === -1 ? end : this.at + found;
  }
}
