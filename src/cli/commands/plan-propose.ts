import { estimateConfig } from '../../core/estimate-config.ts';
import { largestStep } from '../../core/policy/largest-step.ts';
import { describeLadder } from '../../core/plan-propose/describe-ladder.ts';
import type { Proposal } from '../../core/plan-propose/ladder.ts';
import { proposalJson } from '../../core/plan-propose/ladder-json.ts';
import { proposeLadder } from '../../core/plan-propose/propose-ladder.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { printJson } from '../../core/report/outputs/json/json.ts';
import { renderTable, wrap } from '../../core/report/outputs/text/table.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { noPlan } from '../local-plan.ts';
import { printProblems } from '../print-problems.ts';
import { readSource } from '../read-source.ts';
import type { Screen, Terminal } from '../terminal.ts';

export interface ProposeOptions extends GuardOptions {
  readonly to: string;
  readonly json?: boolean;
}

/** `scalegate plan propose --to FILE`: the steps from the largest validated scale of the plan to a run. */
export async function planPropose(options: ProposeOptions, terminal: Terminal): Promise<ExitStatus> {
  const { path, files, guards, problems, seenPath } = await readSource(options.to, options, terminal);
  const { today, out, err } = terminal;
  if (guards.planFiles.length === 0) throw noPlan('name it with --plan');
  const found = [...guards.problems, ...problems];
  const { estimated } = estimateConfig(path, files, guards, today);
  const proposal =
    guards.plan === null || estimated === null || problems.length > 0
      ? null
      : proposeLadder(
          guards.plan,
          { ...estimated, run: { ...estimated.run, path: seenPath } },
          largestStep(guards.policy, guards.plan, path),
        );
  if (options.json === true)
    out.print(printJson(proposalJson(guards.planFiles.map((file) => file.path).join(', '), seenPath, proposal, found)));
  else {
    printProblems(found, err);
    if (proposal !== null) printProposal(seenPath, proposal, out);
  }
  if (found.length > 0 || proposal === null) return exitStatus.unusable;
  return proposal.kind === 'impossible' ? exitStatus.fail : exitStatus.pass;
}

function printProposal(path: string, proposal: Proposal, { print, width }: Screen): void {
  const paragraph = (text: string, indent = ''): void => {
    const [first = '', ...rest] = wrap(cleanLine(text, 1000), width - indent.length);
    print(`${indent === '' ? '' : '- '}${first}`);
    for (const line of rest) print(`${indent}${line}`);
  };
  if (proposal.kind !== 'ladder') {
    const what = proposal.kind === 'impossible' ? 'No way up can be proposed to' : 'There is nothing to climb to';
    paragraph(`${what} ${path}: ${proposal.reason}.`);
    return;
  }
  const { summary, columns, rows, remarks } = describeLadder(proposal.ladder);
  paragraph(summary);
  print('');
  print(renderTable(columns, rows));
  print('');
  for (const remark of remarks) paragraph(remark, '  ');
}
