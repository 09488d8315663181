import { describe, expect, test } from 'vitest';
import { aDescribedRun, type Deviation } from '../../../../test/support/a-described-run.ts';
import type { MemoryEstimate } from '../estimate.ts';
import { memoryPart } from './memory.ts';

function memoryOf(deviation: Deviation = {}): MemoryEstimate {
  return memoryPart(aDescribedRun(deviation)).value!;
}

function width({ lowBytes, highBytes, peakBytes }: MemoryEstimate): number {
  return (highBytes - lowBytes) / peakBytes;
}

const unknownsOf = ({ widenedBy }: MemoryEstimate): string[] => widenedBy.map(({ field }) => field);

describe('the range', () => {
  test('is narrower when the config says whether the loss is fused', () => {
    const stated = { value: false, authority: 'config', place: null } as const;
    const saying = memoryOf({ facts: { 'training.fused_loss': stated } });
    expect(width(saying)).toBeLessThan(width(memoryOf()));
  });

  test('is narrower when batches are packed', () => {
    const trainer = 'huggingface';
    expect(width(memoryOf({ training: { trainer, packing: true } }))).toBeLessThan(
      width(memoryOf({ training: { trainer } })),
    );
  });

  test('is narrower when the type of the adapters is stated', () => {
    const lora = (dtype: 'fp32' | null): MemoryEstimate =>
      memoryOf({
        training: {
          trainer: 'huggingface',
          method: 'lora',
          adapter: { rank: 64, targetModules: ['all-linear'], adapters: 1, dtype },
        },
      });
    expect(unknownsOf(lora(null))).toContain('training.lora');
    expect(unknownsOf(lora('fp32'))).not.toContain('training.lora');
  });

  test('is there for each figure, and holds it', () => {
    const { ranges, allocatedBytes, reservedBytes, peakBytes, lowBytes, highBytes } = memoryOf();
    const figures = { allocated: allocatedBytes, reserved: reservedBytes, peak: peakBytes };
    for (const figure of ['allocated', 'reserved', 'peak'] as const) {
      expect(ranges[figure][0]).toBeLessThanOrEqual(figures[figure]);
      expect(ranges[figure][1]).toBeGreaterThanOrEqual(figures[figure]);
    }
    expect(ranges.peak).toEqual([lowBytes, highBytes]);
  });
});

describe('what widens it', () => {
  test('is named widest first, with the peak at either end', () => {
    const { widenedBy } = memoryOf();
    const widths = widenedBy.map(({ lowBytes, highBytes }) => highBytes - lowBytes);
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
    expect(widenedBy[0]!.highBytes).toBeGreaterThan(widenedBy[0]!.lowBytes);
  });

  test('leaves out what the config states', () => {
    expect(unknownsOf(memoryOf())).toContain('training.compile');
    expect(unknownsOf(memoryOf({ training: { compile: true } }))).not.toContain('training.compile');
    expect(unknownsOf(memoryOf())).not.toContain('model.moe');
  });
});

test.each([
  ['optimizer', { optimizer: 'unknown' }, 'training.optimizer'],
  ['checkpointing', { activationCheckpointing: 'unknown' }, 'training.activation_checkpointing'],
] as const)('an unknown %s widens the range by its own part, and is named', (_, training, field) => {
  const known = aDescribedRun({ training: { optimizer: 'adamw', activationCheckpointing: 'full' } });
  const open = { ...known, training: { ...known.training, ...training } };
  const [before, after] = [memoryPart(known).value!, memoryPart(open).value!];
  expect(after.peakBytes).toBeCloseTo(before.peakBytes, -6);
  expect(after.highBytes).toBeGreaterThan(before.highBytes);
  expect(after.widenedBy.map((one) => one.field)).toContain(field);
});
