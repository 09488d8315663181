import { z } from 'zod';
import { formatGib } from '../../../units/bytes.ts';
import { lineOf } from '../../cause.ts';
import { defineRule } from '../../rule.ts';

export const hostMemory = defineRule({
  name: 'host-memory',
  summary: 'A machine has the CPU memory that offloading and loading take.',
  level: 'warning',
  options: z.strictObject({}),
  checkPair(pair) {
    const { head } = pair;
    const host = head?.estimate.host ?? null;
    const stated = head?.run.hardware.hostMemoryBytes;
    if (head?.subject !== 'run' || host === null || stated === undefined || host.lowBytes <= stated) return [];
    const { lowBytes, highBytes, gpusEach, parts } = host;
    const place = lineOf(pair, ['hardware.host_memory_gib', 'parallelism.cpu_offload', 'model.id']);
    const what = parts.map((part) => part.what).join(', ');
    return [
      {
        badness: lowBytes / stated,
        place,
        message: `A machine with ${gpusEach} GPUs needs ${formatGib(lowBytes)} to ${formatGib(highBytes)} of CPU memory (${what}) and is given ${formatGib(stated)}.`,
        action: 'Ask for more memory or more machines, or offload less.',
      },
    ];
  },
});
