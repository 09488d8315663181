import { check } from '../../core/check.ts';
import type { Document } from '../../core/document/document.ts';
import { parseDocument } from '../../core/document/parse-document.ts';
import { lintPlan } from '../../core/plan-lint/lint-plan.ts';
import { isConfigPath } from '../../core/policy/globs.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { startOf } from '../../core/problem.ts';
import { counted } from '../../core/report/counted.ts';
import { palette } from '../../core/report/outputs/text/terminal.ts';
import { explainError, isRequestFailure, type Advice } from '../../github/http/explain-error.ts';
import { gatherRepository } from '../../workspace/gather.ts';
import { readGuards } from '../../core/guards.ts';
import { findGuards, type GuardFiles } from '../../workspace/guards.ts';
import { workingTree } from '../../workspace/working-tree.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { githubRemarks } from '../doctor/github-remarks.ts';
import { repositoryOnGitHub } from '../doctor/github-repository.ts';
import { jobNames, lintWorkflow, runsAction, runsInMergeQueue } from '../doctor/lint-workflow.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { policyRemarks } from '../policy-remarks.ts';
import { printProblems } from '../print-problems.ts';
import { printRemark, type Remark } from '../print-remark.ts';
import { repositoryFor } from '../repository.ts';
import type { Terminal } from '../terminal.ts';

/**
 * `scalegate doctor`: whether scalegate is set up so that its check can be relied on, from the files of the working
 * tree: policy, plan, workflows, and the configs that the policy leaves out; with `--github` from the settings there too.
 */
export async function doctor({ github = false }: DoctorOptions, terminal: Terminal): Promise<ExitStatus> {
  const root = await repositoryFor('doctor looks at how a git repository is set up', terminal.directory);
  const workspace = workingTree(root);
  const guards = await findGuards(workspace);
  const { plan, planGpu, policy, problems } = readGuards(guards.policyFile, guards.planFiles);
  printProblems(problems, terminal.err);
  const workflows = await workflowsWithAction(workspace);
  const remarks = [
    ...(guards.policyFile === null ? [noPolicy] : []),
    ...(problems.length > 0 ? [] : await policyRemarks(guards, plan, workspace, terminal.today)),
    // The rest, and the arithmetic, is what `scalegate plan lint` is for
    ...(plan === null
      ? []
      : lintPlan(plan, planGpu)
          .filter(({ level }) => level === 'error')
          .map((remark) => ({ ...remark, arithmetic: [] }))),
    ...(workflows.length === 0 ? [noWorkflow] : workflows.flatMap(lintWorkflow)),
    ...(policy.configs === null ? [] : await leftOut(workspace, guards)),
    ...(github ? await onGitHub(root, policy, workflows, terminal) : []),
  ];
  for (const remark of remarks) printRemark(remark, terminal.out);
  const bad = problems.length + remarks.filter(({ level }) => level === 'error').length;
  const { good, error } = palette(terminal.out.colour);
  terminal.out.print(
    bad === 0 ? good('Nothing stands in the way.') : error(`${counted(bad, 'thing')} to mend; the rest is advice.`),
  );
  return problems.length > 0 ? exitStatus.unusable : bad > 0 ? exitStatus.fail : exitStatus.pass;
}

export interface DoctorOptions {
  readonly github?: boolean;
}

const noPolicy: Remark = {
  level: 'notice',
  rule: 'no-policy',
  place: startOf('.github/scalegate.yml'),
  message: 'There is no policy, so the defaults hold: what cannot be known is a notice. `scalegate init` writes one.',
};

async function onGitHub(
  root: string,
  policy: Policy,
  workflows: readonly Document[],
  terminal: Terminal,
): Promise<readonly Remark[]> {
  const { client, repository } = await repositoryOnGitHub(root, terminal);
  const checks = {
    names: [...new Set(['scalegate', ...workflows.flatMap(jobNames)])],
    hearsMergeQueue: workflows.every(runsInMergeQueue),
  };
  return githubRemarks(client, repository, policy, checks).catch((error: unknown) => {
    if (!isRequestFailure(error)) throw error;
    throw new Error(`--github: ${explainError(error, advice)}`);
  });
}

async function workflowsWithAction(workspace: Workspace): Promise<readonly Document[]> {
  const paths = (await workspace.list()).filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  const files = [...(await workspace.read(paths.slice(0, mostWorkflows)))];
  return files.flatMap(([path, content]) => {
    const document = 'text' in content ? parseDocument(path, content.text).document : null;
    return document !== null && runsAction(document) ? [document] : [];
  });
}

const advice: Advice = {
  permissions: (accepted) => {
    const which = accepted.length === 0 ? '' : `: ${accepted.join(' or ')}`;
    return `The token may not read this${which}.`;
  },
  outage: 'Try again; ',
};

/** A repository has a few dozen. */
const mostWorkflows = 500;

const noWorkflow: Remark = {
  level: 'notice',
  rule: 'no-workflow',
  place: startOf('.github/workflows'),
  message: 'No workflow runs the Action: only an installed App looks at pull requests. `scalegate init` writes one.',
};

/** Training configs that the policy's `configs` and `ignore` leave out: a change of them passes unseen. */
async function leftOut(workspace: Workspace, guards: GuardFiles): Promise<readonly Remark[]> {
  const everything = { ...guards, policy: { ...guards.policy, configs: null } };
  const { pairs } = check(await gatherRepository(workspace, everything));
  const paths = pairs.map(({ path }) => path).filter((path) => !isConfigPath(path, guards.policy));
  return paths.slice(0, mostLeftOut).map((path) => ({
    level: 'warning' as const,
    rule: 'left-out',
    place: startOf(path),
    message: 'This reads as a training config, and the policy leaves it out. Add it to configs, or to ignore.',
  }));
}

const mostLeftOut = 50;
