import { syntaxOf } from '../core/document/parse-document.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Policy } from '../core/policy/policy.ts';
import { launchesOf } from '../core/reading/open-file.ts';
import { OpenedFiles } from '../core/reading/opened-files.ts';
import { configOf } from '../core/recipe-path.ts';
import { openAround } from './collect.ts';
import type { Workspace } from './workspace.ts';

/** Scripts and tasks that are looked into. */
const mostRead = 2000;

/** The runs that launchers of a repository start, by config. */
export type Launched = ReadonlyMap<string, readonly string[]>;

/** What the launchers start whose text has a word, as the name of the config. */
export async function findLaunched(
  workspace: Workspace,
  policy: Pick<Policy, 'configs' | 'ignore' | 'formats'>,
  word: string,
): Promise<Launched> {
  const listed = await workspace.list();
  const candidates = listed.filter((path) => {
    const syntax = syntaxOf(path);
    return (syntax === 'shell' || syntax === 'yaml') && isConfigPath(path, policy);
  });
  const files = new OpenedFiles(await workspace.read(candidates.slice(0, mostRead)), policy.formats);
  const launchers = candidates.filter((path) => files.text(path)?.includes(word) === true);
  await openAround(workspace, files, launchers, { huggingFaceHub: false });
  const launched = new Map<string, string[]>();
  for (const { path } of launchers.flatMap((launcher) => launchesOf(launcher, files))) {
    launched.set(configOf(path), [...(launched.get(configOf(path)) ?? []), path]);
  }
  return launched;
}
