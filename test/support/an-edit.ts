import type { Edit } from '../../src/core/attribution/edit.ts';
import { figuresOf } from '../../src/core/estimate/figures.ts';
import type { RunPair } from '../../src/core/policy/rule.ts';
import { gibibyte } from '../../src/core/units/bytes.ts';

/** What an edit alone adds; nothing to what is left out. */
interface Added {
  readonly memoryGib?: number;
  readonly gpuHours?: number;
}

/** A pair with edits, each `[key, from, to, line, what it adds]`. */
export function withEdits(
  pair: RunPair,
  ...edits: readonly (readonly [string, string | null, string | null, number, Added?])[]
): RunPair {
  const head = pair.head === null ? null : figuresOf(pair.head);
  const nothing = { parameters: 0, memoryBytes: 0, gpuHours: 0, costUsd: 0, wallClockHours: 0 };
  const less = (figure: number | null | undefined, by: number): number | null => (figure == null ? null : figure - by);
  return {
    ...pair,
    edits: edits.map(([key, from, to, line, { memoryGib = 0, gpuHours = 0 } = {}]): Edit => ({
      key,
      from,
      to,
      place: { path: pair.path, line, column: 3 },
      fields: [],
      without: {
        parameters: head?.parameters ?? null,
        memoryBytes: less(head?.memoryBytes, memoryGib * gibibyte),
        gpuHours: less(head?.gpuHours, gpuHours),
        costUsd: less(head?.costUsd, 10 * gpuHours),
        wallClockHours: less(head?.wallClockHours, gpuHours / 64),
      },
      share: nothing,
    })),
  };
}
