import { expect, test } from 'vitest';
import { aContext, aPair, complaining } from '../../../../../test/support/a-run.ts';
import { hostMemory } from './host-memory.ts';

const checked = complaining(hostMemory);
const gib = 2 ** 30;
const host = {
  lowBytes: 600 * gib,
  highBytes: 900 * gib,
  machines: 2,
  gpusEach: 8,
  parts: [{ what: 'offloaded states' as const, lowBytes: 600 * gib, highBytes: 900 * gib, reason: '' }],
};

function complaints(hostMemoryBytes: number | undefined, estimated: typeof host | null = host) {
  const pair = aPair({ head: {} });
  const head = pair.head!;
  const hardware = { ...head.run.hardware, ...(hostMemoryBytes === undefined ? {} : { hostMemoryBytes }) };
  const changed = { ...head, run: { ...head.run, hardware }, estimate: { ...head.estimate, host: estimated } };
  return checked.checkPair({ ...pair, head: changed }, {}, aContext());
}

test('memory that is stated and not enough is a complaint', () => {
  expect(complaints(480 * gib).map(({ message }) => message)).toEqual([
    'A machine with 8 GPUs needs 600.0 GiB to 900.0 GiB of CPU memory (offloaded states) and is given 480.0 GiB.',
  ]);
});

test.each([
  ['enough for the low end', 600 * gib, host],
  ['stated by nobody', undefined, host],
  ['needed by nothing', 1, null],
] as const)('memory that is %s is none', (_, stated, estimated) => {
  expect(complaints(stated, estimated)).toEqual([]);
});
