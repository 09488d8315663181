/** A probability as people say it: `about 1 in 4`. The range of an estimate knows no more than that. */
export function formatOdds(probability: number): string {
  if (probability > 0.5) return `about ${mostly.find(({ below }) => probability < below)?.words ?? '9 in 10'}`;
  const oneIn = [2, 3, 4, 5, 6, 8, 10, 20].find((count) => probability >= 1 / (count + 0.5)) ?? 20;
  return `about 1 in ${oneIn}`;
}

const mostly = [
  { below: 0.58, words: '1 in 2' },
  { below: 0.71, words: '2 in 3' },
  { below: 0.85, words: '3 in 4' },
] as const;

/** Share of a normal distribution that is above so many standard deviations (Abramowitz & Stegun, 7.1.25: within 0.003%). */
export function normalTail(deviations: number): number {
  const x = Math.abs(deviations) / Math.SQRT2;
  const t = 1 / (1 + 0.47047 * x);
  const tail = (0.5 * t * (0.3480242 + t * (-0.0958798 + t * 0.7478556))) / Math.exp(x * x);
  return deviations < 0 ? 1 - tail : tail;
}
