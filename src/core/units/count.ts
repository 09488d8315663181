const units = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'K'],
] as const;

/** A count as the field prints it, to three digits: `353M`, `1.24B`, `3.0B` parameters, `204.8B` as `205B` tokens. */
export function formatCount(count: number): string {
  for (const [size, suffix] of units) {
    // 999.6M is printed as 1.0B, not as 1000M
    if (Number((count / size).toPrecision(3)) >= 1) return `${threeDigits(count / size)}${suffix}`;
  }
  return count.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

function threeDigits(value: number): string {
  return value.toLocaleString('en-US', {
    maximumFractionDigits: value < 9.995 ? 2 : value < 99.95 ? 1 : 0,
    minimumFractionDigits: value < 9.995 ? 1 : 0,
  });
}
