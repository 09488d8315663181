import type { Commit } from './commit.ts';

/**
 * The commit and all that it follows, each after its parents: what `git rev-list --reverse --topo-order` prints, without a
 * process.
 */
export async function ancestry(oid: string, read: (oid: string) => Promise<Commit>): Promise<string[]> {
  const listed = new Set<string>();
  const stack = [await read(oid)];
  for (let commit = stack.at(-1); commit !== undefined; commit = stack.at(-1)) {
    const parent = commit.parents.find((id) => !listed.has(id));
    if (parent === undefined) listed.add(stack.pop()!.oid);
    else stack.push(await read(parent));
  }
  return [...listed];
}
