import type { Format } from '../formats/format.ts';
import type { Problem } from '../problem.ts';

/** What the dialect's loader refuses: keys that stand twice, or the first comment or trailing comma in strict JSON. */
export function refusedBy({ duplicateKeys, syntaxes }: Format, leniencies: readonly Problem[]): readonly Problem[] {
  const duplicates = leniencies.filter(({ code }) => code === 'duplicate-key');
  const others = leniencies.filter(({ code }) => code !== 'duplicate-key');
  return [
    ...(duplicateKeys === 'refused' ? duplicates : []),
    ...(syntaxes.includes('jsonc') ? [] : others.slice(0, 1)),
  ];
}
