/** Cases by source, the largest source first. */
export function bySource<Case extends { readonly source: string }>(
  all: readonly Case[],
): readonly { readonly source: string; readonly cases: readonly Case[] }[] {
  const groups = new Map<string, Case[]>();
  for (const one of all) groups.set(one.source, [...(groups.get(one.source) ?? []), one]);
  return [...groups]
    .map(([source, cases]) => ({ source, cases }))
    .sort((a, b) => b.cases.length - a.cases.length || (a.source < b.source ? -1 : 1));
}
