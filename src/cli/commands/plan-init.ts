import { check } from '../../core/check.ts';
import type { EstimatedRow } from '../../core/plan/write/estimated-row.ts';
import { writePlan } from '../../core/plan/write/write-plan.ts';
import type { EstimatedRun } from '../../core/policy/rule.ts';
import { counted } from '../../core/report/counted.ts';
import { gatherRepository } from '../../workspace/gather.ts';
import { findGuards } from '../../workspace/guards.ts';
import { workingTree } from '../../workspace/working-tree.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { repositoryFor } from '../repository.ts';
import type { Terminal } from '../terminal.ts';
import { writeNew } from '../write-new.ts';

const planPath = 'docs/scaling-plan.md';

/** `scalegate plan init`: a plan to review, from what is estimated for the configs of the repository. */
export async function planInit({ dryRun }: { readonly dryRun?: boolean }, terminal: Terminal): Promise<ExitStatus> {
  const { directory, out } = terminal;
  const root = await repositoryFor('plan init reads the configs of a git repository', directory);
  const workspace = workingTree(root);
  const guards = await findGuards(workspace);
  if (guards.planFiles.length > 0) {
    const paths = guards.planFiles.map(({ path }) => path).join(', ');
    out.print(`${cleanLine(paths)} is the plan, and stays as it is.`);
    return exitStatus.pass;
  }
  const { pairs } = check(await gatherRepository(workspace, guards));
  const planned = pairs.filter(({ path }) => !isForTests(path));
  const runs = planned.flatMap(({ path, head }) => (head?.subject === 'run' ? [rowOf(path, head)] : []));
  const leftOut = [
    ...pairs.filter(({ path }) => isForTests(path)).map(({ path }) => ({ path, reason: 'it is for tests' })),
    ...planned.flatMap(({ path, head, problems: [problem] }) =>
      head === null && problem !== undefined ? [{ path, reason: problem.message }] : [],
    ),
  ];
  const text = writePlan({ runs, leftOut }, terminal.today);
  if (text === null) throw new Error('no config has a figure to plan with; see `scalegate estimate .`');
  if (dryRun === true) out.print(text.trimEnd());
  else if ((await writeNew(root, { path: planPath, text })) === 'written')
    out.print(`Wrote ${planPath} with ${counted(runs.length, 'config')}. Review it: every figure is an estimate.`);
  // One that git ignores is no plan yet, and somebody's work
  else out.print(`${planPath} exists and stays as it is.`);
  return exitStatus.pass;
}

/** What tests train is no work to plan. */
function isForTests(path: string): boolean {
  return /(?:^|\/)(?:[\w-]*[_-])?(?:tests?|fixtures|smoketests?|ci)\//i.test(path);
}

function rowOf(path: string, { run, estimate }: EstimatedRun): EstimatedRow {
  const { gpu, count } = run.hardware;
  return {
    path,
    name: run.name,
    isFineTuning: run.training.adapter !== null || run.training.referenceModel || run.training.rollouts === true,
    parameters: estimate.parameters?.total ?? null,
    tokens: run.training.tokens,
    gpu: gpu?.name ?? null,
    gpuCount: count,
    gpuHours: estimate.compute?.gpuHours ?? null,
    memoryBytes: estimate.memory?.peakBytes ?? null,
    costUsd: estimate.cost?.usd ?? null,
    assumptions: estimate.assumptions,
    missing: estimate.unknown.find(({ field }) => field === 'compute.gpu_hours')?.reason ?? null,
  };
}
