import { measure, type LoggedStep } from './columns.ts';
import { nothingMeasured, type Measurement } from './measurement.ts';

/**
 * A metric of MLflow's file store, `mlruns/0/RUN/metrics/NAME`: `timestamp value step` a line, time in milliseconds
 * (MLflow docs, "Backend Stores"; `FileStore._get_metric_from_line`). Null for a file of another name or form.
 */
export function readMlflowMetric(path: string, text: string): Measurement | null {
  const name = /(?:^|\/)metrics\/(.{1,200})$/.exec(path.replaceAll('\\', '/'))?.[1];
  if (name === undefined) return null;
  const steps: LoggedStep[] = [];
  for (const line of text.trim().split('\n')) {
    const [, value = '', step = ''] = /^\d{10,16} ([-+.\deEnaifINF]{1,40}) (\d{1,12})\s*$/.exec(line) ?? [];
    if (step === '') return null;
    const figure = Number(value);
    if (Number.isFinite(figure) && figure >= 0)
      steps.push(
        new Map([
          [name, figure],
          ['step', Number(step)],
        ]),
      );
  }
  return measure(steps);
}

/** A run's `meta.yaml` says when it started and ended, in milliseconds. */
export function mlflowRunSeconds(meta: Readonly<Record<string, unknown>>): Measurement | null {
  const { start_time: start, end_time: end } = meta;
  if (typeof start !== 'number' || typeof end !== 'number' || end <= start) return null;
  return { ...nothingMeasured, seconds: (end - start) / 1000 };
}
