import { findMaxima } from '../../core/fit/maxima.ts';
import { printJson } from '../../core/report/outputs/json/json.ts';
import { maxReport } from '../../core/report/outputs/json/max-report.ts';
import { renderMaxText } from '../../core/report/outputs/text/max-text.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { printProblems } from '../print-problems.ts';
import { readSource } from '../read-source.ts';
import type { Terminal } from '../terminal.ts';

export interface MaxOptions extends GuardOptions {
  readonly within?: string;
  readonly json?: boolean;
}

/** `scalegate max FILE`: how far a config goes on its GPU. It judges nothing: what can be read passes. */
export async function max(target: string, options: MaxOptions, terminal: Terminal): Promise<ExitStatus> {
  const mostHours = options.within === undefined ? null : hoursOf(options.within);
  const source = await readSource(target, options, terminal);
  printProblems([...source.guards.problems, ...source.problems], terminal.err);
  if (source.problems.length > 0) return exitStatus.unusable;
  const maxima = findMaxima({ ...source, today: terminal.today }, mostHours);
  if (maxima === null) return exitStatus.unusable;
  if (options.json === true) terminal.out.print(printJson(maxReport(maxima)));
  else terminal.out.print(renderMaxText({ ...maxima, path: source.seenPath }, terminal.out));
  return exitStatus.pass;
}

/** `72h`, `3 days`. */
function hoursOf(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6}(?:\.\d{1,3})?) ?(h|hours?|d|days?)$/i.exec(text.trim()) ?? [];
  const hours = Number(number) * (unit.toLowerCase().startsWith('d') ? 24 : 1);
  if (hours > 0) return hours;
  throw new Error(`--within: found "${text}", expected hours or days: 72h, 3d`);
}
