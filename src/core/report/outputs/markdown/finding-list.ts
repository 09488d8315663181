import type { Finding } from '../../../policy/rule.ts';
import type { Place, Problem } from '../../../problem.ts';
import { configElsewhere } from '../../dependents.ts';
import { inlineCode, plainText } from '../../escape.ts';
import { rulePage } from '../../rule-page.ts';

/** Marks of the levels; the word stands beside it, for those who do not see it. */
const marks = { error: '❌ error', approval: '⏳ needs approval', warning: '⚠️ warning', notice: 'ℹ️ notice' } as const;

/** A finding as a list item: level, rule, line, what was found and, unless an approval has settled it, what to do. */
export function findingItem(finding: Finding, approved: boolean): string {
  const { rule, level, place, message, action } = finding;
  const config = configElsewhere(finding);
  const settled = approved && level === 'approval';
  const head = `${settled ? '✅ approved' : marks[level]} · [${plainText(rule)}](${rulePage(rule)}) · ${placeCode(place)}${config === null ? '' : ` of ${inlineCode(config, 300)}`}`;
  return `- ${head}<br>${plainText(message)}${settled ? '' : ` ${plainText(action)}`}\n`;
}

/** A problem as a list item: line, key, what was found, what was expected. */
export function problemItem({ place, key, message, hint }: Problem): string {
  const subject = key === null ? '' : ` ${inlineCode(key)}`;
  return `- ❌ ${placeCode(place)}${subject}<br>${plainText(message)}${hint === null ? '' : ` ${plainText(hint)}`}\n`;
}

function placeCode({ path, line }: Place): string {
  return inlineCode(`${path}:${line}`, 300);
}
