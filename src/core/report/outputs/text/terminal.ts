/** What the terminal can show; `width` in columns. */
export interface TextOptions {
  readonly colour: boolean;
  readonly width: number;
}

export type Paint = (text: string) => string;

/** Terminal colors by what they mean. */
export interface Palette {
  readonly error: Paint;
  readonly waiting: Paint;
  readonly good: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
}

/** The palette, or one that leaves the text as it is. Codes: ECMA-48, "SGR". */
export function palette(colour: boolean): Palette {
  const sgr = (on: number, off: number): Paint =>
    colour ? (text) => `\u001b[${on}m${text}\u001b[${off}m` : (text) => text;
  return { error: sgr(31, 39), waiting: sgr(33, 39), good: sgr(32, 39), strong: sgr(1, 22), faint: sgr(2, 22) };
}
