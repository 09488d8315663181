import { syntaxOf } from '../core/document/parse-document.ts';
import { readLaunchers, type Launchers } from '../core/launchers.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Policy } from '../core/policy/policy.ts';
import { collectReferenced } from './collect.ts';
import type { Workspace } from './workspace.ts';

/** Scripts and tasks that are looked into. */
const mostRead = 2000;

/** The launchers of a repository; with `word`, those alone whose text has it, as the name of the config that they start. */
export async function findLaunchers(
  workspace: Workspace,
  policy: Pick<Policy, 'configs' | 'ignore'>,
  word: string | null,
): Promise<Launchers> {
  const listed = await workspace.list();
  const candidates = listed.filter((path) => {
    const syntax = syntaxOf(path);
    return (syntax === 'shell' || syntax === 'yaml') && isConfigPath(path, policy);
  });
  const texts = [...(await workspace.read(candidates.slice(0, mostRead)))].filter(([, content]) => {
    return 'text' in content && (word === null || content.text.includes(word));
  });
  const referenced = await collectReferenced(workspace, new Map(texts), { huggingFaceHub: false });
  return readLaunchers(
    texts.map(([path, content]) => ({ path, content })),
    referenced,
  );
}
