import { headPath, type ChangedFile } from '../core/change.ts';
import { parseDocument, syntaxOf } from '../core/document/parse-document.ts';
import { matchesAny } from '../core/glob/matches-any.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import { startOf, type Problem } from '../core/problem.ts';
import { OpenedFiles } from '../core/reading/opened-files.ts';
import { recognize } from '../core/reading/recognize.ts';
import { readable } from '../core/source-file.ts';
import type { GuardFiles } from './guards.ts';
import type { UnreadFiles } from './unread.ts';
import type { Workspace } from './workspace.ts';

/** Changed files that are looked into. */
const mostRead = 100;

const nothing: UnreadFiles = { problems: [], notices: [] };

/**
 * Changed training configs that `configs` in the policy leaves out while globs of it match no file, before or after the
 * change: a mistyped glob, or one of a folder that is gone. Where no glob matches anything the policy gates nothing, and
 * that is an error; where others do, a notice. A change of nothing that would be judged is never held up by it.
 */
export async function leftOut(
  head: Workspace,
  changedFiles: readonly ChangedFile[],
  { policy, policyFile }: Pick<GuardFiles, 'policy' | 'policyFile'>,
): Promise<UnreadFiles> {
  const globs = policy.configs ?? [];
  const changed = changedFiles.flatMap(({ path, previousPath }) => [path, previousPath ?? path]);
  const outside = changedFiles.filter((file) => headPath(file) !== null && isOutside(file.path, policy));
  const unused = globs.filter((glob) => !changed.some((path) => matchesAny([glob], path)));
  if (outside.length === 0 || unused.length === 0) return nothing;
  const listed = await head.list();
  const dead = unused.filter((glob) => !listed.some((path) => matchesAny([glob], path)));
  if (dead.length === 0) return nothing;
  const files = new OpenedFiles(await head.read(outside.map(({ path }) => path).slice(0, mostRead)), policy.formats);
  const file = readable(policyFile);
  const document = file === null ? null : parseDocument(file.path, file.text).document;
  const [first = ''] = dead;
  const line = document?.placeOf(['configs', globs.indexOf(first)]).line ?? 1;
  const where = `${policyFile?.path ?? 'the policy'}:${line}`;
  const told = outside.filter(({ path }) => isRun(path, files)).map(({ path }) => notMatched(path, dead, where));
  return dead.length === globs.length ? { problems: told, notices: [] } : { problems: [], notices: told };
}

/** By its ending it could be a config, and the policy neither lists nor ignores it. */
function isOutside(path: string, { configs, ignore }: GuardFiles['policy']): boolean {
  const syntax = syntaxOf(path);
  const isLeftOut = configs !== null && !matchesAny(configs, path) && !matchesAny(ignore, path);
  return syntax !== null && syntax !== 'python' && isConfigPath(path) && isLeftOut;
}

function isRun(path: string, files: OpenedFiles): boolean {
  const document = files.parsed(path)?.document ?? null;
  const format = document === null ? null : recognize(document);
  return format !== null && format.launcher !== true && format.describesModel !== true;
}

function notMatched(path: string, dead: readonly string[], where: string): Problem {
  const [first = ''] = dead;
  const globs = dead.length === 1 ? `"${first}" matches` : `"${first}" and ${dead.length - 1} more globs match`;
  return {
    code: 'unmatched-glob',
    place: startOf(path),
    key: null,
    message: `this file reads as a training config, and "configs" in the policy leaves it out, of which ${globs} no file (${where}).`,
    hint: 'Correct the glob, list the file, or leave it out with "ignore".',
  };
}
