const factor = 3;
const mostMs = 15 * 60_000;

/**
 * How long to wait after so many failed tries: three times as long after each, with half of it left to chance, so that what
 * failed together does not come back together. Ten tries from 2 s on take about an hour, which outlasts most incidents of GitHub's.
 */
export function retryDelayMs(failedTries: number, firstMs: number, random: () => number): number {
  const fullMs = Math.min(mostMs, firstMs * factor ** (failedTries - 1));
  return Math.round(fullMs * (0.5 + random() / 2));
}
