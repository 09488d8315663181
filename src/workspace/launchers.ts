import { syntaxOf } from '../core/document/parse-document.ts';
import { isLauncher, readLaunchers, type Launchers } from '../core/launchers.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Policy } from '../core/policy/policy.ts';
import { OpenedFiles } from '../core/reading/opened-files.ts';
import { openAround } from './collect.ts';
import type { Workspace } from './workspace.ts';

/** Scripts and tasks that are looked into. */
const mostRead = 2000;

/** The launchers of a repository whose text has a word, as the name of the config that they start. */
export async function findLaunchers(
  workspace: Workspace,
  policy: Pick<Policy, 'configs' | 'ignore' | 'formats'>,
  word: string,
): Promise<Launchers> {
  const listed = await workspace.list();
  const candidates = listed.filter((path) => {
    const syntax = syntaxOf(path);
    return (syntax === 'shell' || syntax === 'yaml') && isConfigPath(path, policy);
  });
  const files = new OpenedFiles(await workspace.read(candidates.slice(0, mostRead)), policy.formats);
  const launchers = candidates.filter((path) => files.text(path)?.includes(word) === true && isLauncher(path, files));
  await openAround(workspace, files, launchers, { huggingFaceHub: false });
  return readLaunchers(launchers, files);
}
