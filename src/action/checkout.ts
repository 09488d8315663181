import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../workspace/git.ts';

/**
 * Refuses to run where a workflow with secrets (`pull_request_target`) has checked out what a stranger proposes: nothing
 * in such a job is safe, and scalegate is not going to be the step that makes it look so. It needs no checkout.
 */
export async function refuseCheckedOutHead(workspace: string, headSha: string): Promise<void> {
  if (!existsSync(join(workspace, '.git'))) return;
  const commit = await headCommit(workspace);
  // The merge commit that GitHub makes of a pull request has its head as a parent
  if (commit.sha !== headSha && !commit.parents.includes(headSha)) return;
  throw new Error(
    'this pull_request_target workflow has checked out the pull request, so that code of a stranger runs with its secrets. Use pull_request, or remove the checkout: scalegate reads everything over the API',
  );
}

async function headCommit(workspace: string): Promise<{ sha: string; parents: readonly string[] }> {
  const sha = (await git(workspace, ['rev-parse', 'HEAD'])).toString().trim();
  const [header = ''] = (await git(workspace, ['cat-file', 'commit', sha])).toString().split('\n\n', 1);
  return { sha, parents: [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map((match) => match[1] ?? '') };
}
