import { findGpu } from '../core/catalog/gpu.ts';
import { parseStrictDocument } from '../core/document/parse-document.ts';
import type { Plan } from '../core/plan/plan.ts';
import { lintPolicy, type PolicyRemark } from '../core/policy/lint-policy.ts';
import { readable } from '../core/source-file.ts';
import type { GuardFiles } from '../workspace/guards.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What of a policy that can be read can't be meant in its repository; none without a policy. */
export async function policyRemarks(
  { policyFile, policy, codeowners }: Pick<GuardFiles, 'policyFile' | 'policy' | 'codeowners'>,
  plan: Plan | null,
  workspace: Workspace,
  today: string,
): Promise<readonly PolicyRemark[]> {
  const file = readable(policyFile);
  const document = file === null ? null : parseStrictDocument(file.path, file.text).document;
  if (document === null) return [];
  return lintPolicy(document, policy, {
    files: await workspace.list(),
    rows: plan === null ? null : [...plan.scales, ...plan.stages].map(({ name }) => name),
    hasCodeowners: codeowners !== null,
    gpuNamed: (name) => findGpu(name)?.gpu.name ?? null,
    today,
  });
}
