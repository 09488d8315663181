import { compareGpus } from '../../core/fit/compare-gpus.ts';
import { compareReport } from '../../core/report/outputs/json/compare-report.ts';
import { printJson } from '../../core/report/outputs/json/json.ts';
import { renderCompareText } from '../../core/report/outputs/text/compare-text.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { printProblems } from '../print-problems.ts';
import { readSource } from '../read-source.ts';
import type { Terminal } from '../terminal.ts';
import { factsOf } from '../what-if.ts';

export interface CompareOptions extends GuardOptions {
  readonly json?: boolean;
}

/** More rows than this nobody reads. */
const mostRuns = 200;

/** `scalegate compare FILE --gpu A,B --count 8,16`: what a config takes on each. It judges nothing. */
export async function compare(target: string, options: CompareOptions, terminal: Terminal): Promise<ExitStatus> {
  const { gpu, count, ...others } = options;
  const gpus = listOf(gpu).map((name) => namedGpu(name));
  const counts = listOf(count).map((number) => countOf(number));
  if (gpus.length * counts.length > mostRuns) throw new Error(`at most ${mostRuns} rows are compared at once`);
  const source = await readSource(target, others, terminal);
  printProblems([...source.guards.problems, ...source.problems], terminal.err);
  if (source.problems.length > 0) return exitStatus.unusable;
  const runs = compareGpus({ ...source, today: terminal.today }, gpus, counts);
  const path = options.json === true ? source.path : source.seenPath;
  terminal.out.print(
    options.json === true ? printJson(compareReport(path, runs)) : renderCompareText(path, runs, terminal.out),
  );
  return exitStatus.pass;
}

function listOf(text = ''): string[] {
  return text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

/** Checked as the option of the other commands is, with what was meant. */
function namedGpu(gpu: string): string {
  factsOf({ gpu });
  return gpu;
}

function countOf(count: string): number {
  return factsOf({ count })['hardware.count']?.value ?? 1;
}
