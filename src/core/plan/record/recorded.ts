/** A file with the record in it, and how well it stands there: in a table of evidence, in the row, elsewhere. */
export interface Recorded {
  readonly text: string;
  readonly stands: 'with evidence' | 'in the row' | 'apart';
}
