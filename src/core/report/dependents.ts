import type { Finding, RunPair } from '../policy/rule.ts';
import { counted } from './counted.ts';

/** As many as a sentence holds; the table has all. */
const mostNamed = 5;

/** `configs/base.yaml changes 12 configs: a.yaml, b.yaml, … and 7 more.`: one sentence for each changed file that does. */
export function dependentsOf(pairs: readonly RunPair[], code: (text: string) => string): string[] {
  const bases = new Map<string, string[]>();
  for (const { path, through = [] } of pairs) {
    for (const base of through) bases.set(base, [...(bases.get(base) ?? []), path]);
  }
  return [...bases].map(([base, paths]) => {
    const named = paths.slice(0, mostNamed).map(code).join(', ');
    const left = paths.length - mostNamed;
    const rest = left > 0 ? ` and ${left} more` : '';
    return `${code(base)} changes ${counted(paths.length, 'config')}: ${named}${rest}.`;
  });
}

/** The config that a finding is about, where its line stands in another file. */
export function configElsewhere({ path, place }: Finding): string | null {
  return path === null || path === place.path ? null : path;
}
