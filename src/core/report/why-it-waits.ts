import { findingGroups, type FindingGroup } from './finding-groups.ts';
import type { Evaluation } from './evaluation.ts';
import { fileName, firstSentence, type Writing } from './title-words.ts';

/** The climb of the one run that waits, and what all runs together exceed, else the first reason: `: Large → XL`. */
export function whatWaits(evaluation: Evaluation, writing: Writing): string {
  const waiting = findingGroups(evaluation.findings.filter(({ level }) => level === 'approval'));
  const over = waiting.find(({ finding }) => finding.together !== undefined);
  const reasons = [
    jumpOf(evaluation, writing),
    over === undefined ? null : firstSentence(lowerFirst(over.finding.message), writing),
  ].filter((reason) => reason !== null);
  const [first] = waiting;
  if (reasons.length === 0 && first !== undefined) reasons.push(whyItWaits(first, evaluation, writing));
  return reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
}

/** `a new run costs $12,000; …`, with its config where there are others: `… (sft.yaml and 3 more)`. */
function whyItWaits({ finding, findings }: FindingGroup, { pairs }: Evaluation, writing: Writing): string {
  const { path, rule, message } = finding;
  const said = rule === 'unknown' ? message.slice(0, message.indexOf(':')) : message;
  const reason = firstSentence(lowerFirst(said), writing);
  if (path === null || pairs.length === 1) return reason;
  const more = new Set(findings.map((each) => each.path)).size - 1;
  const others = more === 0 ? '' : ` and ${more.toLocaleString('en-US')} more`;
  return `${reason} (${writing.code(fileName(path))}${others})`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The climb of the one run that waits: `Large → XL`; null where it climbs to no other scale. */
function jumpOf({ pairs }: Evaluation, { plain }: Writing): string | null {
  const [pair] = pairs;
  if (pairs.length !== 1 || pair?.head?.scale == null || pair.base?.scale == null) return null;
  const [before, after] = [pair.base, pair.head].map(({ scale }) => {
    return scale?.kind === 'scale' ? scale.scale.name : `beyond ${scale?.largest.name ?? 'the plan'}`;
  });
  return before === after ? null : `${plain(before ?? '')} → ${plain(after ?? '')}`;
}
