import type { Place, Problem } from '../../../problem.ts';
import { configElsewhere } from '../../dependents.ts';
import { inlineCode, plainText } from '../../escape.ts';
import type { FindingGroup } from '../../finding-groups.ts';
import { counted } from '../../counted.ts';
import { rulePage } from '../../rule-page.ts';

const marks = { error: '❌', approval: '⏳', warning: '⚠️', notice: 'ℹ️' } as const;

/** As many places as a line holds. */
const mostPlaces = 3;

/** One cause as a list item: what was found, unless it is settled what to do, and in small where and by which rules. */
export function findingItem(
  { finding, findings, rules }: FindingGroup,
  isApproved: boolean,
  hasWayOut: boolean,
): string {
  const { level, message, action } = finding;
  const isSettled = isApproved && level === 'approval';
  const mark = isSettled ? '✅ approved:' : marks[level];
  const configs = new Set(findings.flatMap(({ path }) => path ?? []));
  const isOne = new Set(findings.map((each) => each.message)).size === 1;
  const many = configs.size > 1 ? `**${counted(configs.size, 'config')}${isOne ? '.' : ', the first:'}** ` : '';
  const what = `${many}${plainText(message)}${isSettled || hasWayOut || action === '' ? '' : ` ${plainText(action)}`}`;
  const links = rules.map((rule) => `[${plainText(rule)}](${rulePage(rule)})`).join(' ');
  const shown = findings.slice(0, mostPlaces).map((each) => {
    const config = configElsewhere(each);
    return `${placeCode(each.place)}${config === null ? '' : ` of ${inlineCode(config, 300)}`}`;
  });
  const left = findings.length - shown.length;
  const places = `${shown.join(', ')}${left > 0 ? ` and ${left.toLocaleString('en-US')} more` : ''}`;
  return `- ${mark} ${what} <sub>${links} · ${places}</sub>\n`;
}

/** A problem as a list item: line, key, what was found, what was expected. */
export function problemItem({ place, key, message, hint }: Problem): string {
  const subject = key === null ? '' : ` ${inlineCode(key)}`;
  return `- ❌ ${placeCode(place)}${subject}: ${plainText(message)}${hint === null ? '' : ` ${plainText(hint)}`}\n`;
}

function placeCode({ path, line }: Place): string {
  return inlineCode(`${path}:${line}`, 300);
}
