/** Work in floating point operations: `6.55e21 FLOPs`. */
export function formatFlops(flops: number): string {
  return `${scientific(flops)} FLOPs`;
}

/** A rate: `312 TFLOP/s`. */
export function formatFlopsPerSecond(flopsPerSecond: number): string {
  return `${(flopsPerSecond / 1e12).toLocaleString('en-US', { maximumSignificantDigits: 4 })} TFLOP/s`;
}

/** `1.23e21`, as papers print it in plain text. */
function scientific(value: number): string {
  return value.toExponential(2).replace('e+', 'e');
}
