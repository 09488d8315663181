import { check } from '../../core/check.ts';
import type { RunPair } from '../../core/policy/rule.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { counted } from '../../core/report/counted.ts';
import { configLines } from '../../core/report/outputs/text/config-table.ts';
import { palette } from '../../core/report/outputs/text/terminal.ts';
import { gatherRepository } from '../../workspace/gather.ts';
import { findGuards, policyPaths } from '../../workspace/guards.ts';
import { workingTree } from '../../workspace/working-tree.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { findPlan } from '../find-plan.ts';
import { namedFile } from '../named-file.ts';
import { printProblems } from '../print-problems.ts';
import { proposeFormats } from '../propose-formats.ts';
import { repositoryFor } from '../repository.ts';
import { policyTemplate } from '../templates/policy.ts';
import { workflowTemplate } from '../templates/workflow.ts';
import type { Screen, Terminal } from '../terminal.ts';
import { writeNew } from '../write-new.ts';

interface InitOptions {
  readonly dryRun?: boolean;
  readonly plan?: readonly string[];
}

const workflowPath = '.github/workflows/scalegate.yml';

/** `scalegate init`: looks for configs and a plan, then writes a policy and a workflow; never over a file that exists. */
export async function init({ dryRun, plan }: InitOptions, { directory, out, err }: Terminal): Promise<ExitStatus> {
  const root = await repositoryFor('init sets up a git repository', directory);
  const workspace = workingTree(root);
  const guards = await findGuards(workspace);
  const found = guards.planFiles.length === 0 && plan === undefined ? await findPlan(workspace) : null;
  const planFiles =
    plan === undefined
      ? guards.planFiles.length > 0
        ? guards.planFiles
        : [found?.plan ?? []].flat()
      : await Promise.all(plan.map((file) => namedFile('--plan', file, root, directory)));
  const input = await gatherRepository(workspace, { ...guards, planFiles });
  const { pairs, problems } = check(input);
  const planPaths = planFiles.map(({ path }) => path);

  printProblems([...problems, ...pairs.flatMap((pair) => pair.problems)], err);
  printFound(pairs, planPaths, found?.candidates ?? [], out);
  const policy = {
    path: guards.policyFile?.path ?? policyPaths[0],
    text: policyTemplate(
      pairs.map(({ path }) => path),
      planPaths,
      proposeFormats(root, pairs, input),
    ),
  };
  for (const file of [policy, { path: workflowPath, text: workflowTemplate }]) {
    if (dryRun === true) out.print(`\n# ${file.path}\n${file.text.trimEnd()}`);
    else {
      const isWritten = (await writeNew(root, file)) === 'written';
      out.print(isWritten ? `Wrote ${file.path}.` : `${file.path} exists and stays as it is.`);
    }
  }
  if (dryRun !== true) out.print('\nNext: read the policy, commit, and open a pull request that changes a config.');
  return exitStatus.pass;
}

function printFound(
  pairs: readonly RunPair[],
  planPaths: readonly string[],
  candidates: readonly string[],
  out: Screen,
): void {
  const byPath = pairs.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const line of configLines(byPath, palette(out.colour), out.width)) out.print(line);
  out.print(pairs.length === 0 ? 'No training config was found.' : `\n${counted(pairs.length, 'training config')}.`);
  if (planPaths.length > 0) out.print(`Scaling plan: ${cleanLine(planPaths.join(', '))}.`);
  else if (candidates.length > 0) {
    const shown = candidates.slice(0, 5).map((path) => cleanLine(path));
    const more = candidates.length > shown.length ? ` and ${candidates.length - shown.length} more` : '';
    out.print(`No scaling plan is taken. These have tables like one: ${shown.join(', ')}${more}.`);
    out.print('If one of them is the plan, run this again with --plan FILE.');
  } else out.print('No scaling plan was found. Write one from these configs with `scalegate plan init`.');
}
