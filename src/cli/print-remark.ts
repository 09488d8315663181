import { printPlace, type Place } from '../core/problem.ts';
import { counted } from '../core/report/counted.ts';
import { cleanLine } from '../core/report/escape.ts';
import { palette } from '../core/report/outputs/text/terminal.ts';
import { wrap } from '../core/report/outputs/text/table.ts';
import type { Screen } from './terminal.ts';

/** What a lint says of a file. */
export interface Remark {
  readonly level: 'error' | 'warning' | 'notice';
  readonly rule: string;
  readonly place: Place;
  readonly message: string;
  readonly arithmetic?: readonly string[];
}

/** A remark as a block: what kind and where, then in words, then how it follows. */
export function printRemark(
  { level, rule, place, message, arithmetic = [] }: Remark,
  { colour, width, print }: Screen,
): void {
  const paint = palette(colour);
  const paints = { error: paint.error, warning: paint.waiting, notice: paint.faint };
  print(`${paints[level](level)} ${paint.strong(rule)}  ${cleanLine(printPlace(place), 300)}`);
  for (const line of wrap(cleanLine(message, 1200), width - 2)) print(`  ${line}`);
  for (const line of arithmetic) print(`    ${cleanLine(line, 600)}`);
  print('');
}

/** `2 errors, 1 warning`: how many there are of each of these levels. */
export function countRemarks(remarks: readonly Remark[], levels: readonly Remark['level'][]): string {
  return levels.map((level) => counted(remarks.filter((remark) => remark.level === level).length, level)).join(', ');
}
