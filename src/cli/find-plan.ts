import type { Plan } from '../core/plan/plan.ts';
import { readPlan } from '../core/plan/read-plan.ts';
import type { SourceFile } from '../core/source-file.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Documents that are looked into at most; a plan that is not among them can be named. */
const mostFiles = 1000;

/** What a repository has for a plan: one that stands where plans are kept, or what may be one and is asked about. */
export interface FoundPlan {
  readonly plan: SourceFile | null;
  /** Documents that read as plans, and are not taken for one by themselves. */
  readonly candidates: readonly string[];
}

/**
 * Looks for a plan without guessing: a document in `docs/`, or named for it, with at least parameters and one of
 * memory, hours, cost or samples in its rows. Two such documents, and those that stand elsewhere, are only named.
 */
export async function findPlan(workspace: Workspace): Promise<FoundPlan> {
  const documents = (await workspace.list()).filter((path) => /\.(?:md|markdown|csv)$/i.test(path)).slice(0, mostFiles);
  const likely: SourceFile[] = [];
  const others: string[] = [];
  for (const [path, content] of await workspace.read(documents)) {
    const { plan } = 'text' in content ? readPlan(path, content.text) : { plan: null };
    if (plan === null || !hasBudgets(plan)) continue;
    if (isForPlans(path)) likely.push({ path, content });
    else others.push(path);
  }
  const [only] = likely;
  if (likely.length === 1 && only !== undefined) return { plan: only, candidates: [] };
  return { plan: null, candidates: [...likely.map(({ path }) => path), ...others] };
}

/** In the folder of documents, or with a name that says so; a README is about everything. */
function isForPlans(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  if (/^(?:readme|changelog|contributing)\b/i.test(name)) return false;
  return /^docs?\/[^/]+$/i.test(path) || /plan|scaling|budget|roadmap/i.test(name);
}

function hasBudgets({ scales }: Plan): boolean {
  const budgeted = scales.filter(({ memoryBytes, gpuHours, costUsd, cost, samples, tokens }) =>
    [memoryBytes, gpuHours, costUsd, cost, samples, tokens].some((figure) => figure !== null),
  );
  return budgeted.length >= 2;
}
