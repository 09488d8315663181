import { planStatus } from '../../core/plan/plan-status.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { printJson } from '../../core/report/outputs/json/json.ts';
import { renderTable } from '../../core/report/outputs/text/table.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { localPlan } from '../local-plan.ts';
import { printProblems } from '../print-problems.ts';
import type { Terminal } from '../terminal.ts';

/** `scalegate plan status [FILE…]`: what of the plan is done, how far off it was, and what comes next. */
export async function showPlanStatus(
  named: readonly string[],
  { json }: { readonly json?: boolean },
  { directory, out, err }: Terminal,
): Promise<ExitStatus> {
  const { path, plan, problems } = await localPlan(directory, named);
  const status = plan === null ? { rows: [], next: null, left: [] } : planStatus(plan);
  if (json === true) out.print(printJson({ schema_version: 1, plan: path, ...status, problems }));
  else {
    printProblems(problems, err);
    if (plan !== null) {
      const rows = status.rows.map(({ name, state, detail }) => [name, state, detail ?? '']);
      out.print(renderTable(['Row', 'Status', 'Finished run'], rows));
      out.print('');
      if (status.next !== null)
        out.print(`Next: ${cleanLine(status.next)}, the smallest scale without a finished run.`);
      for (const line of status.left) out.print(`Total: ${cleanLine(line)}.`);
    }
  }
  return problems.length > 0 ? exitStatus.unusable : exitStatus.pass;
}
