// `npm run validate`: estimates every measured run of `validation/`, and writes docs/accuracy.md with its plots.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { formatShare } from '../src/core/units/share.ts';
import { accuracyFiles } from './validate/accuracy-files.ts';
import { signed } from './validate/error-table.ts';
import { hoursConstants, memoryConstants } from './validate/fitted.ts';
import { throughputConstants } from './validate/fitted-speed.ts';
import { leaveOneSourceOut } from './validate/leave-one-out.ts';
import { errorsOf, type Errors } from './validate/statistics.ts';
import { validate } from './validate/validation.ts';
import { wantedFigures } from './validate/wanted.ts';

const root = resolve(import.meta.dirname, '..');
const validation = validate();

console.log('Each source alike    runs  median    90th    bias  inside');
for (const [set, constants] of [
  ['memory', memoryConstants],
  ['throughput', throughputConstants],
  ['hours', hoursConstants],
] as const) {
  print(`${set}, unseen`, errorsOf(leaveOneSourceOut(validation[set], constants), 'by source'));
  print(`${set}, as it is`, errorsOf(validation[set], 'by source'));
}

function print(name: string, { cases, median, p90, bias, inRange }: Errors): void {
  const shares = [formatShare(median), formatShare(p90), signed(bias), inRange === null ? '–' : formatShare(inRange)];
  console.log(`${name.padEnd(20)} ${String(cases).padStart(4)} ${shares.map((share) => share.padStart(7)).join(' ')}`);
}

console.log('\nWanted');
for (const { what, wanted, is, isReached } of wantedFigures(validation)) {
  console.log(`${isReached ? '✓' : '✗'} ${what}: ${is} (wanted ${wanted})`);
}

console.log();
for (const [path, content] of await accuracyFiles(validation)) {
  const file = resolve(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  console.log(`wrote ${path}`);
}
