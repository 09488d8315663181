import { fileOf } from '../recipe-path.ts';
import { engineEdits } from './engine-files.ts';
import type { Fit } from './fit.ts';
import { verifiedFit, type FitQuestion, type Source } from './verified-fit.ts';

/** The engine files of the repository with which it fits on as many GPUs; the fastest first. */
export function fitsByEngineFile(question: FitQuestion, source: Source): Fit[] {
  const { path, files, engineFiles = [] } = question;
  const fits = engineFiles.flatMap((engine): Fit[] =>
    engineEdits(path, files, engine).flatMap(({ file, key, text }) => {
      const from = source.run.parallelism.sharding;
      const changes = [{ field: 'parallelism.sharding', key, from, to: engine.path }] as const;
      const launcher = file === fileOf(path) ? null : file;
      return verifiedFit(question, source, { text, changes }, [], launcher) ?? [];
    }),
  );
  const sameGpus = fits.filter(({ estimated }) => estimated.run.hardware.count === source.run.hardware.count);
  return sameGpus.toSorted((a, b) => (a.hoursRatio ?? 1) - (b.hoursRatio ?? 1));
}
