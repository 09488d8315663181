import type { SourceFile } from '../core/source-file.ts';
import { readPlan } from '../core/plan/read-plan.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Markdown files that are looked into at most; a plan that is not among them can be named in the policy. */
const mostFiles = 1000;

/** The Markdown file that reads as a scaling plan with the most scales, at least two; null where none does. */
export async function findPlan(workspace: Workspace): Promise<SourceFile | null> {
  const paths = (await workspace.list()).filter((path) => /\.(?:md|markdown)$/i.test(path)).slice(0, mostFiles);
  let best: { file: SourceFile; scales: number } | null = null;
  for (const [path, content] of await workspace.read(paths)) {
    const { plan } = 'text' in content ? readPlan(path, content.text) : { plan: null };
    const scales = plan?.scales.length ?? 0;
    if (scales >= 2 && scales > (best?.scales ?? 0)) best = { file: { path, content }, scales };
  }
  return best?.file ?? null;
}
