import { describePlan, type PlanDescription } from '../../core/plan/describe-plan.ts';
import { planJson } from '../../core/plan/plan-json.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { printJson } from '../../core/report/outputs/json/json.ts';
import { renderTable, widthOf } from '../../core/report/outputs/text/table.ts';
import { palette } from '../../core/report/outputs/text/terminal.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { localPlan } from '../local-plan.ts';
import { printProblems } from '../print-problems.ts';
import type { Terminal } from '../terminal.ts';

/** `scalegate plan show [FILE…]`: the plan as scalegate read it. */
export async function planShow(
  named: readonly string[],
  { json }: { readonly json?: boolean },
  { directory, out, err }: Terminal,
): Promise<ExitStatus> {
  const { path, plan, planGpu, problems } = await localPlan(directory, named);
  if (json === true) {
    out.print(printJson({ ...planJson(path, plan, problems), gpu: planGpu?.name ?? null }));
  } else {
    printProblems(problems, err);
    if (plan !== null) {
      const description = describePlan(plan, planGpu);
      out.print(`${palette(out.colour).strong(cleanLine(plan.title))}  ${cleanLine(path)}\n`);
      out.print(narrowTable(description));
      if (description.facts.length > 0) out.print('');
      for (const fact of description.facts) out.print(`- ${cleanLine(fact, 400)}`);
    }
  }
  return problems.length > 0 ? exitStatus.unusable : exitStatus.pass;
}

/** The table with a line for each scale, or with a column for each, whichever is narrower. */
function narrowTable({ columns, rows }: PlanDescription): string {
  const [, ...labels] = columns;
  const across = renderTable(columns, rows);
  const down = renderTable(
    ['', ...rows.map(([name = '']) => name)],
    labels.map((label, index) => [label, ...rows.map((row) => row[index + 1] ?? '')]),
  );
  const width = (table: string) => Math.max(...table.split('\n').map(widthOf));
  return width(across) <= width(down) ? across : down;
}
