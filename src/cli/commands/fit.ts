import { engineFilesIn, mayBeEngineFile, type EngineFile } from '../../core/fit/engine-files.ts';
import { findFits } from '../../core/fit/find-fits.ts';
import { renderFitJson } from '../../core/report/outputs/json/json.ts';
import { renderFitText } from '../../core/report/outputs/text/text.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { filesBelow } from '../files-below.ts';
import type { GuardOptions } from '../local-guards.ts';
import { printProblems } from '../print-problems.ts';
import { readSource, type Source } from '../read-source.ts';
import type { Terminal } from '../terminal.ts';

interface FitOptions extends GuardOptions {
  readonly json?: boolean;
}

/** How many ways are shown. */
const mostFits = 5;

/**
 * `scalegate fit FILE`: the smallest changes with which a config fits its memory limit, or a GPU that is named. Passes
 * where it fits or a way was found.
 */
export async function fit(target: string, options: FitOptions, terminal: Terminal): Promise<ExitStatus> {
  const source = await readSource(target, options, terminal);
  printProblems([...source.guards.problems, ...source.problems], terminal.err);
  if (source.problems.length > 0) return exitStatus.unusable;
  const engineFiles = await addEngineFiles(source);
  const answer = findFits({ ...source, engineFiles, most: mostFits });
  if (answer === null) return exitStatus.unusable;
  const shown = { ...answer, path: options.json === true ? source.name : source.seenPath };
  terminal.out.print(options.json === true ? renderFitJson(shown) : renderFitText(shown, terminal.out));
  return answer.fitsAlready || answer.fits.length > 0 ? exitStatus.pass : exitStatus.fail;
}

/** More files with such a name are not opened. */
const mostOpened = 30;

/** Opens what may be a DeepSpeed or accelerate file of the repository; returns those that are. */
async function addEngineFiles({ surroundings, files }: Source): Promise<readonly EngineFile[]> {
  if (!surroundings.isRepository) return [];
  const named = (await filesBelow(surroundings, '')).filter(mayBeEngineFile);
  for (const [path, content] of await surroundings.workspace.read(named.slice(0, mostOpened))) files.add(path, content);
  return engineFilesIn(files);
}
