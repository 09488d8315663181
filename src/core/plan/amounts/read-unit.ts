import { bytesOfUnit } from '../../units/bytes.ts';
import { matchAt } from './match-at.ts';
import type { CountedKind, Unit } from './quantity.ts';
import { deviceTimeWords, hoursIn, timeWords } from './time-units.ts';

const gpuTimeAt = new RegExp(
  `[\\s-]*(?:(?:gpu|device|accelerator|chip|tpu)s?[\\s·-]*|((?:RTX |TPU )?[a-z]{0,4}\\d{1,4}[a-z]{0,2}(?:-?\\d{2,3}GB)?)[\\s-]+(?=(?:gpu-?)?(?:h|d)))(?:gpu[\\s-]*)?(${deviceTimeWords})(?![\\p{L}\\d])|[\\s-]*(heures?|stunden?)[\\s-]gpu(?![\\p{L}\\d])`,
  'iuy',
);
const nodeTimeAt = new RegExp(`[\\s-]*nodes?[\\s-]*(${timeWords})(?![\\p{L}\\d])`, 'iuy');
/** A unit of time after a number: `h`, `days`, the `h` of `1h30`. */
export const timeAt = new RegExp(`[ -]?(${timeWords})(?![\\p{L}\\d])|([dh])(?=\\d)`, 'iuy');

const memoryAt = / ?([kmgt])(i)?b(?![\p{L}\d/])/iuy;
const counted: readonly (readonly [RegExp, CountedKind])[] = [
  [/ ?(?:training )?(?:tokens?|toks?)(?![\p{L}\d/])/iuy, 'tokens'],
  [
    / ?(?:training )?(?:samples?|sequences?|examples?|prompts?|pairs?|images?|clips?|rollouts?|trajectories)(?![\p{L}\d/])/iuy,
    'samples',
  ],
  [/ ?(?:training )?(?:steps?|iterations?|iters?|updates?)(?![\p{L}\d/])/iuy, 'steps'],
  [/[ -]?(?:params?|parameters?)(?![\p{L}\d/])/iuy, 'parameters'],
  [/ ?(?:%|percent(?!\p{L}))/iuy, 'share'],
  [/ ?[x×](?![\p{L}\d])/iuy, 'factor'],
  [/ ?(?:epochs?|layers?|L|heads?|GPUs?|nodes?|runs?|seeds?|tok\/s|TFLOP\S*|[WkM]+Wh?)(?![\p{L}\d])/uy, 'other'],
];

/** The unit that stands at an index of a text, after a number; null for none. */
export function unitAt(text: string, at: number): { unit: Unit; end: number } | null {
  const gpuTime = matchAt(gpuTimeAt, text, at);
  if (gpuTime !== null) {
    const hours = hoursIn(gpuTime[2] ?? gpuTime[3] ?? '') ?? 1;
    return { unit: { kind: 'gpu-time', hours, gpu: gpuTime[1] ?? null }, end: at + gpuTime[0].length };
  }
  const nodeTime = matchAt(nodeTimeAt, text, at);
  if (nodeTime !== null)
    return { unit: { kind: 'node-time', hours: hoursIn(nodeTime[1] ?? '') ?? 1 }, end: at + nodeTime[0].length };
  const memory = matchAt(memoryAt, text, at);
  if (memory !== null) {
    return {
      unit: { kind: 'memory', bytes: bytesOfUnit(memory[1] ?? '') ?? 1 },
      end: at + memory[0].length,
    };
  }
  for (const [pattern, kind] of counted) {
    const found = matchAt(pattern, text, at);
    if (found !== null) return { unit: { kind }, end: at + found[0].length };
  }
  const time = matchAt(timeAt, text, at);
  return time === null
    ? null
    : { unit: { kind: 'time', hours: hoursIn(time[1] ?? time[2] ?? '') ?? 1 }, end: at + time[0].length };
}
