import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { unifiedDiff } from '../../core/document/unified-diff.ts';
import { correctPlan, type CorrectedNumber } from '../../core/plan-lint/correct-plan.ts';
import { lintPlan } from '../../core/plan-lint/lint-plan.ts';
import { printPlace } from '../../core/problem.ts';
import { readPlanFiles } from '../../core/plan/read-plan.ts';
import { counted } from '../../core/report/counted.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { localPlan } from '../local-plan.ts';
import { printProblems } from '../print-problems.ts';
import type { Terminal } from '../terminal.ts';

/**
 * `scalegate plan lint --fix [FILE…]`: the plan with each figure that follows from others put right, as a diff, or written.
 * The exit status is that of the plan as it then lies on the disk.
 */
export async function planFix(
  named: readonly string[],
  { write }: { readonly write: boolean },
  { directory, out, err }: Terminal,
): Promise<ExitStatus> {
  const { path, files, plan, planGpu, problems } = await localPlan(directory, named);
  printProblems(problems, err);
  const corrected = correctPlan(files, planGpu);
  const changed = corrected.files.filter(({ text }, index) => text !== files[index]?.text);
  const diff = files
    .map((file, index) => unifiedDiff(file.path, file.text, corrected.files[index]?.text ?? file.text))
    .filter((part) => part !== '')
    .join('\n');
  if (diff === '') err.print(`${cleanLine(path)} has no figure that plan lint could put right.`);
  else {
    out.print(harmless(diff));
    for (const number of corrected.numbers) err.print(cleanLine(describe(number), 400));
    err.print(summary(path, corrected.numbers.length, write));
  }
  if (write) for (const file of changed) await writeFile(resolve(directory, file.path), file.text);
  if (problems.length > 0) return exitStatus.unusable;
  const after = write ? readPlanFiles(corrected.files).plan : plan;
  const isImpossible = after !== null && lintPlan(after, planGpu).some(({ level }) => level === 'error');
  return isImpossible ? exitStatus.fail : exitStatus.pass;
}

/** Without what steers a terminal. No plan has any of it; of one that does, the diff need not apply. */
function harmless(diff: string): string {
  return diff.replaceAll(/[^\n\r\t\P{Cc}]/gu, '');
}

function describe({ place, from, to, reason }: CorrectedNumber): string {
  return `${printPlace(place)} ${from} → ${to}: ${reason}`;
}

function summary(path: string, count: number, isWritten: boolean): string {
  const figures = counted(count, 'figure');
  if (isWritten) return `Wrote ${figures} to ${cleanLine(path)}. Review them, and what plan lint still says.`;
  return `${figures} of ${cleanLine(path)} would change; --write changes them.`;
}
