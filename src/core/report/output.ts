import type { Evaluation } from './evaluation.ts';

/** How much room there is, whether colors are shown, and the version that signs the output. */
export interface OutputOptions {
  readonly width: number;
  readonly colour: boolean;
  readonly version: string;
}

/** An evaluation as text, for one kind of reader. It decides nothing: whatever it shows stands in the evaluation. */
export interface Output {
  /** Folder, readme title and value of `--format` are this one string. */
  readonly name: string;
  /** Where people read it, what was compared is told in it; a tool gets the output alone. */
  readonly reader: 'person' | 'tool';
  /** Null where there is nothing to say. */
  readonly render: (evaluation: Evaluation, options: OutputOptions) => string | null;
}
