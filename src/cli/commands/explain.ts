import { renderExplanation } from '../../core/report/outputs/text/text.ts';
import { estimateConfig } from '../../core/estimate-config.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { printProblems } from '../print-problems.ts';
import { readSource } from '../read-source.ts';
import type { Terminal } from '../terminal.ts';

/** `scalegate explain FILE`: how every figure of an estimate comes about, and who states each value. */
export async function explainConfig(target: string, options: GuardOptions, terminal: Terminal): Promise<ExitStatus> {
  const source = await readSource(target, options, terminal);
  const { path, files, guards, problems, seenPath } = source;
  printProblems([...guards.problems, ...problems], terminal.err);
  const { estimated } = estimateConfig(path, files, guards, terminal.today);
  if (estimated === null) return exitStatus.unusable;
  const run = { ...estimated.run, path: seenPath };
  terminal.out.print(renderExplanation({ ...estimated, run }, terminal.out));
  return guards.problems.length + problems.length === 0 ? exitStatus.pass : exitStatus.unusable;
}
