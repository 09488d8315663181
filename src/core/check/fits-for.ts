import { engineFilesIn } from '../fit/engine-files.ts';
import { findFits } from '../fit/find-fits.ts';
import type { FitAnswer } from '../fit/fit.ts';
import type { Guards } from '../guards.ts';
import type { Finding, RunPair } from '../policy/rule.ts';
import type { OpenedFiles } from '../reading/opened-files.ts';
import type { BothSides } from '../change.ts';
import { fileOf, launchedPath, launcherOf } from '../recipe-path.ts';
import { suggestionFor, type Suggestion } from '../fit/suggestion.ts';

/** Looking for a fit reads a config some thirty times: for the first few that fail, however many a fork sends. */
const mostFitted = 3;

/** What would make the configs fit that fail for their memory, as far as it is known. */
export function fitsFor(
  findings: readonly Finding[],
  pairs: readonly RunPair[],
  guards: Guards,
  files: OpenedFiles,
): FitAnswer[] {
  const failing = pairs.filter(({ path, head }) => {
    const isError = findings.some(
      (finding) => finding.rule === 'memory-limit' && finding.level === 'error' && finding.path === path,
    );
    return isError && head?.estimate.memory != null && head.limit !== null;
  });
  return failing.slice(0, mostFitted).flatMap((pair) => {
    const fit = findFits({ path: readAt(pair), files, guards, engineFiles: engineFilesIn(files), most: 3 });
    return fit === null ? [] : [{ ...fit, path: pair.path }];
  });
}

/** A run is called as its config where that is enough; it is read with its launcher all the same. */
function readAt({ path, launcher }: RunPair): string {
  return launcher === undefined || launcherOf(path) !== null ? path : launchedPath(path, launcher, 1);
}

/** The fits that can be suggested on the lines of the pull request. */
export function suggestionsFor(
  fits: readonly FitAnswer[],
  pairs: readonly RunPair[],
  { base, head }: BothSides,
): readonly Suggestion[] {
  return fits.flatMap((answer) => {
    const pair = pairs.find(({ path }) => path === answer.path);
    const [file, before] = [fileOf(answer.path), fileOf(pair?.previousPath ?? answer.path)];
    const text = head.text(file);
    return text === null ? [] : (suggestionFor(answer, { base: base.text(before), head: text }) ?? []);
  });
}
