/** One part of an estimate, with the reason for its size: every output prints these. */
export interface LineItem {
  /** Stable name: `parameters`, `gradients`, `optimizer_states`, `activations`, `logits_and_loss`, `buffers`, `framework` … */
  readonly id: string;
  readonly label: string;
  readonly bytes: number;
  /** The formula in symbols, `2·h·T·L`. */
  readonly formula: string;
  /** The symbols' values, in the order of the formula. */
  readonly quantities: readonly (readonly [symbol: string, value: number])[];
  /** Paper and section, or the documentation page. */
  readonly source: string;
}
