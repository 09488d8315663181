import { lintPlan, type PlanRemark } from '../../core/plan-lint/lint-plan.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { printJson } from '../../core/report/outputs/json/json.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { localPlan, type LocalPlan } from '../local-plan.ts';
import { printProblems } from '../print-problems.ts';
import { countRemarks, printRemark } from '../print-remark.ts';
import type { Terminal } from '../terminal.ts';
import { planFix } from './plan-fix.ts';

export interface LintOptions {
  readonly json?: boolean;
  readonly fix?: boolean;
  readonly write?: boolean;
}

/** `scalegate plan lint [FILE…]`: the plan held against physics, with the arithmetic shown. An error of the plan fails. */
export async function planLint(
  named: readonly string[],
  { json, fix, write }: LintOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (fix === true) return planFix(named, { write: write === true }, terminal);
  if (write === true) throw new Error('--write changes what --fix finds: give both');
  const { directory, out, err } = terminal;
  const found = await localPlan(directory, named);
  const { path, plan, planGpu, problems } = found;
  const remarks = plan === null ? [] : lintPlan(plan, planGpu);
  if (json === true) {
    out.print(printJson({ schema_version: 1, plan: path, gpu: planGpu?.name ?? null, problems, remarks }));
  } else {
    printProblems(problems, err);
    for (const remark of remarks) printRemark(remark, out);
    if (plan !== null) out.print(summary(found, remarks));
  }
  if (problems.length > 0) return exitStatus.unusable;
  return remarks.some(({ level }) => level === 'error') ? exitStatus.fail : exitStatus.pass;
}

function summary({ path, planGpu }: LocalPlan, remarks: readonly PlanRemark[]): string {
  const counts = countRemarks(remarks, ['error', 'warning', 'notice']);
  const gpu = planGpu === null ? 'no GPU: the plan names none that the catalog knows' : `the ${planGpu.name}`;
  return `${cleanLine(path)}: ${counts}; held against ${gpu}.`;
}
