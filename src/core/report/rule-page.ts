const rulePages = 'https://github.com/scalegate/scalegate/blob/main/docs/rules';

/** The reference page of a rule. */
export function rulePage(rule: string): string {
  return `${rulePages}/${encodeURIComponent(rule)}.md`;
}
