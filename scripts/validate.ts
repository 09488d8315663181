// `npm run validate`: estimates every measured run of `validation/`, and writes docs/accuracy.md with its plots.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { formatShare } from '../src/core/units/share.ts';
import { accuracyFiles } from './validate/accuracy-files.ts';
import { signed } from './validate/error-table.ts';
import { errorsOf } from './validate/statistics.ts';
import { validate } from './validate/validation.ts';
import { wantedFigures } from './validate/wanted.ts';

const root = resolve(import.meta.dirname, '..');
const validation = validate();

console.log('Each source alike   runs  median    90th    bias  inside');
for (const set of ['memory', 'throughput', 'hours'] as const) {
  const { cases, median, p90, bias, inRange } = errorsOf(validation[set], 'by source');
  const shares = [formatShare(median), formatShare(p90), signed(bias), inRange === null ? '–' : formatShare(inRange)];
  console.log(`${set.padEnd(18)} ${String(cases).padStart(5)} ${shares.map((share) => share.padStart(7)).join(' ')}`);
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
