import { basePath, headPath, type BothSides, type ChangedFile } from '../core/change.ts';
import { readEndings, syntaxOf } from '../core/document/parse-document.ts';
import { matchesAny } from '../core/glob/matches-any.ts';
import { isConfigPath } from '../core/policy/globs.ts';
import type { Policy } from '../core/policy/policy.ts';
import { startOf, type Problem } from '../core/problem.ts';
import { looksLikeConfig, recognize } from '../core/reading/recognize.ts';
import { fileOf } from '../core/recipe-path.ts';

/** Changed files of which no run was read, though they may be configs. */
export interface UnreadFiles {
  /** Those that have to be configs: where the policy lists configs, or in place of one. */
  readonly problems: readonly Problem[];
  readonly notices: readonly Problem[];
}

/**
 * Changed files with an ending that says nothing of a config, and that are looked into all the same: what lies where the
 * policy lists configs (a link, a submodule, `run.yaml.j2`), and what takes the place of a file that is gone
 * (`large.yaml` as `large.cfg`).
 */
export function otherEndings(changedFiles: readonly ChangedFile[], policy: Policy): ChangedFile[] {
  const gone = new Set(changedFiles.filter(isGone).map((file) => stemOf(file.previousPath ?? file.path)));
  return changedFiles.filter((file) => {
    const path = headPath(file);
    return path !== null && syntaxOf(path) === null && (isListed(path, policy) || gone.has(stemOf(path)));
  });
}

/** What is wrong with them, and with files of a usual ending whose content could not be had. */
export function unreadIn(changedFiles: readonly ChangedFile[], sides: BothSides, policy: Policy): UnreadFiles {
  const configs = new Map(
    changedFiles.filter(isGone).flatMap((file): [string, string][] => {
      const path = basePath(file);
      const document = path === null ? null : (sides.base.parsed(path)?.document ?? null);
      return path === null || document === null || recognize(document, policy.formats) === null
        ? []
        : [[stemOf(path), path]];
    }),
  );
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  for (const file of otherEndings(changedFiles, policy)) {
    const replaced = configs.get(stemOf(file.path));
    const content = sides.head.content(file.path);
    if (replaced !== undefined) problems.push(replaces(file.path, replaced));
    else if (content === null || !isListed(file.path, policy)) continue;
    else if ('unreadable' in content) problems.push(unreadable(file.path, content.unreadable));
    else if (looksLikeConfig(`${file.path}.yaml`, content.text) !== null) notices.push(unknownEnding(file.path));
  }
  for (const { path } of changedFiles) {
    if (fileOf(path) === path || !isConfigPath(path, policy)) continue;
    const unnamed = unreadable(path, 'has two colons in its path, which name a part of another file, and is not read');
    (policy.configs === null ? notices : problems).push({ ...unnamed, place: { path, line: 1, column: 1 } });
  }
  for (const file of changedFiles) {
    const content = headPath(file) === null || !isConfigPath(file.path) ? null : sides.head.content(file.path);
    // Where the policy lists configs this is an error already, and so is what was a config before
    if (policy.configs !== null || content === null || 'text' in content) continue;
    notices.push(unreadable(file.path, content.unreadable));
  }
  return { problems, notices };
}

function isGone({ status, previousPath }: ChangedFile): boolean {
  return status === 'removed' || previousPath !== null;
}

function isListed(path: string, { configs, ignore }: Policy): boolean {
  return configs !== null && matchesAny(configs, path) && !matchesAny(ignore, path);
}

/** `configs/large.yaml` and `configs/large.cfg` are the same but for their ending. */
function stemOf(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  const dot = path.indexOf('.', slash + 1);
  return fileOf(dot === -1 ? path : path.slice(0, dot));
}

function unreadable(path: string, why: string): Problem {
  const hint = 'Nothing is known of what it may say of a training run.';
  return { code: 'unreadable', place: startOf(path), key: null, message: `this file ${why}.`, hint };
}

function unknownEnding(path: string): Problem {
  const message = 'this file looks like a training config, and its ending is not one that is read.';
  const hint = `Expected ${readEndings}.`;
  return { code: 'unknown-ending', place: startOf(path), key: null, message, hint };
}

function replaces(path: string, config: string): Problem {
  const message = `this file takes the place of the training config ${config}, and its ending is not one that is read.`;
  return { ...unknownEnding(path), message };
}
