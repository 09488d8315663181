import { gibibyte } from '../../units/bytes.ts';
import { median } from './columns.ts';
import { nothingMeasured, type Measurement } from './measurement.ts';

/** A line of a log is no longer; what follows is not read. */
const longestLine = 2_000;

/**
 * What torchtitan and Megatron-LM print of a run; null for text in which neither does.
 *
 * torchtitan (`MetricsProcessor.log`): `step: 10  loss: 7.1  memory: 45.20GiB(47.58%)  tps: 5,204`, where memory is the
 * reserved peak and tps is of one GPU. Megatron-LM (`training_log`): `iteration 10/ 500 | … | elapsed time per iteration
 * (ms): 1234.5 |`, and `report_memory`: `memory (MB) | allocated: 1.0 | max allocated: 2.0 | …`, in MiB.
 */
export function readTrainingLog(text: string): Measurement | null {
  const found = { speeds: [] as number[], stepTimes: [] as number[], allocated: 0, reserved: 0 };
  let [lastStep, plannedSteps]: [number | null, number | null] = [null, null];
  for (const full of text.split('\n')) {
    const line = withoutColours(full.slice(0, longestLine));
    const titan = /\bstep: *(\d{1,12})\b/.exec(line);
    const titanMemory = /\bmemory: *(\d{1,6}(?:\.\d{1,6})?)GiB\(/.exec(line);
    const iteration = /\biteration +(\d{1,12}) *\/ *(\d{1,12}) *\|/.exec(line);
    if (titan !== null && titanMemory !== null) {
      lastStep = Math.max(lastStep ?? 0, Number(titan[1]));
      found.reserved = Math.max(found.reserved, Number(titanMemory[1]) * gibibyte);
      found.speeds.push(...numberAfter(line, /\b(?:tps|wps): *([\d,]{1,20})/));
    } else if (iteration !== null) {
      lastStep = Math.max(lastStep ?? 0, Number(iteration[1]));
      plannedSteps = Number(iteration[2]);
      const milliseconds = numberAfter(line, /elapsed time per iteration \(ms\): *([\d.]{1,20})/);
      found.stepTimes.push(...milliseconds.map((time) => time / 1000));
    } else if (line.includes('memory (MB)')) {
      const [allocated = 0] = numberAfter(line, /max allocated: *([\d.]{1,20})/);
      const [reserved = 0] = numberAfter(line, /max reserved: *([\d.]{1,20})/);
      found.allocated = Math.max(found.allocated, allocated * 2 ** 20);
      found.reserved = Math.max(found.reserved, reserved * 2 ** 20);
    }
  }
  if (lastStep === null && found.allocated === 0) return null;
  const speed = median(found.speeds);
  return {
    ...nothingMeasured,
    peaks: {
      ...(found.allocated === 0 ? {} : { allocated: found.allocated }),
      ...(found.reserved === 0 ? {} : { reserved: found.reserved }),
    },
    secondsPerStep: median(found.stepTimes),
    tokensPerSecond: speed === null ? null : { value: speed, isPerGpu: true },
    lastStep,
    plannedSteps,
  };
}

function numberAfter(line: string, pattern: RegExp): number[] {
  const number = Number(pattern.exec(line)?.[1]?.replaceAll(',', '') ?? NaN);
  return Number.isFinite(number) && number > 0 ? [number] : [];
}

function withoutColours(line: string): string {
  // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
  return line.replaceAll(/\u001b\[[\d;]{0,20}m/g, '');
}
