import { readGuards } from '../../core/guards.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { counted } from '../../core/report/counted.ts';
import { findGuards } from '../../workspace/guards.ts';
import { workingTree } from '../../workspace/working-tree.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { policyRemarks } from '../policy-remarks.ts';
import { printProblems } from '../print-problems.ts';
import { countRemarks, printRemark } from '../print-remark.ts';
import { locate, problemSeenFrom, seenFrom } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';

/** `scalegate policy lint [FILE]`: the policy's mistakes, and what of it can't be meant in this repository. */
export async function policyLint(
  file: string | undefined,
  { directory, out, err, today }: Terminal,
): Promise<ExitStatus> {
  const { surroundings, path } = await locate(directory, file ?? '.');
  const { root, isRepository } = surroundings;
  const workspace = isRepository ? workingTree(root) : surroundings.workspace;
  const { policyFile, planFiles, codeowners } = await findGuards(workspace, file === undefined ? null : path);
  if (policyFile === null) throw new Error('no policy was found; name its file, or write one with `scalegate init`');
  if ('unreadable' in policyFile.content) throw new Error(`${policyFile.path} ${policyFile.content.unreadable}`);
  const { policy, plan, problems } = readGuards(policyFile, planFiles);
  const own = problems.filter(({ place }) => place.path === policyFile.path);
  printProblems(
    own.map((problem) => problemSeenFrom(directory, root, problem)),
    err,
  );
  const remarks = own.length > 0 ? [] : await policyRemarks({ policyFile, policy, codeowners }, plan, workspace, today);
  const seen = (at: string) => seenFrom(directory, root, at);
  for (const remark of remarks) {
    printRemark({ ...remark, place: { ...remark.place, path: seen(remark.place.path) } }, out);
  }
  out.print(
    `${cleanLine(seen(policyFile.path))}: ${counted(own.length, 'mistake')}, ${countRemarks(remarks, ['error', 'warning'])}.`,
  );
  if (own.length > 0) return exitStatus.unusable;
  return remarks.some(({ level }) => level === 'error') ? exitStatus.fail : exitStatus.pass;
}
