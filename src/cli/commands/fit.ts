import { findGpu } from '../../core/catalog/gpu.ts';
import { findFits } from '../../core/fit/find-fits.ts';
import type { GpuSpec } from '../../core/run/hardware.ts';
import { renderFitJson } from '../../core/report/outputs/json/json.ts';
import { renderFitText, renderProblem } from '../../core/report/outputs/text/text.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { readSource } from '../read-source.ts';
import type { Terminal } from '../terminal.ts';

interface FitOptions extends GuardOptions {
  readonly gpu?: string;
  readonly json?: boolean;
}

/** How many ways are shown. */
const mostFits = 5;

/**
 * `scalegate fit FILE`: the smallest changes with which a config fits its memory limit, or a GPU that is named. Passes
 * where it fits or a way was found.
 */
export async function fit(target: string, options: FitOptions, terminal: Terminal): Promise<ExitStatus> {
  const gpu = options.gpu === undefined ? null : gpuNamed(options.gpu);
  const source = await readSource(target, options, terminal.directory);
  for (const problem of [...source.guards.problems, ...source.problems]) {
    terminal.err.print(renderProblem(problem, terminal.err));
  }
  if (source.problems.length > 0) return exitStatus.unusable;
  const answer = findFits({ ...source, gpu, most: mostFits });
  if (answer === null) return exitStatus.unusable;
  const shown = { ...answer, path: options.json === true ? source.name : source.seenPath };
  terminal.out.print(options.json === true ? renderFitJson(shown) : renderFitText(shown, terminal.out));
  return answer.fitsAlready || answer.fits.length > 0 ? exitStatus.pass : exitStatus.fail;
}

function gpuNamed(name: string): GpuSpec {
  const found = findGpu(name);
  if (found === null)
    throw new Error(`--gpu: the catalog knows no GPU "${name}"; use a name such as H100-SXM or MI300X`);
  return found.gpu;
}
