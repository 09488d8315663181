import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineChanges } from '../../document/line-changes.ts';
import { measuredOverPredicted } from '../measured-over-predicted.ts';
import { readPlan } from '../read-plan.ts';
import { recordValidation } from './record-validation.ts';
import type { ValidationRecord } from './validation-record.ts';

const gib = 2 ** 30;
const markdown = readFileSync('examples/model-scaling-estimates.md', 'utf8');
const yaml = `scalegate_plan: 1
scales:
  - name: Small
    parameters: 100M   # about
  - name: Large
    parameters: 1B
`;

function aRecord(parts: Partial<ValidationRecord> = {}): ValidationRecord {
  return {
    row: 'Large',
    kind: 'scale',
    link: 'https://example.com/runs/7',
    date: '2026-10-03',
    memoryBytes: 44 * gib,
    gpuHours: 1100,
    predictedMemoryBytes: 40 * gib,
    predictedGpuHours: 1000,
    config: 'configs/large.yaml',
    ...parts,
  };
}

function recordIn(path: string, text: string, record: ValidationRecord): string | null {
  return recordValidation([{ path, text }], record)?.text ?? null;
}

function validationOf(path: string, text: string, scale = 'Large') {
  return readPlan(path, text).plan!.scales.find(({ name }) => name === scale)!.validation;
}

describe.each([
  ['plan.md', markdown],
  ['plan.md', markdown.replaceAll('\n', '\r\n')],
  ['plan.yaml', yaml],
  ['plan.json', JSON.stringify({ scalegate_plan: 1, scales: [{ name: 'Large', parameters: '1B' }] }, null, 2)],
])('a record in %s', (path, text) => {
  test('is what the plan says from then on, and the rest of the plan stays', () => {
    const changed = recordIn(path, text, aRecord())!;
    expect(validationOf(path, changed)).toMatchObject({
      link: 'https://example.com/runs/7',
      date: '2026-10-03',
      peakMemoryBytes: { value: 44 * gib },
      gpuHours: { value: 1100 },
      predictedMemoryBytes: { value: 40 * gib },
      predictedGpuHours: { value: 1000 },
    });
    if (path !== 'plan.json') expect(lineChanges(text, changed).every(({ before }) => before === null)).toBe(true);
  });

  test('takes the place of the one before', () => {
    const first = recordIn(path, text, aRecord({ memoryBytes: 50 * gib }))!;
    const second = recordIn(path, first, aRecord())!;
    expect(second).toBe(recordIn(path, text, aRecord()));
  });

  test('of a scale that the plan has not is refused', () => {
    expect(recordIn(path, text, aRecord({ row: 'Huge' }))).toBeNull();
  });
});

describe('a Markdown table that is there', () => {
  const evidence = `${markdown}
| Scale | Run | Date | Who |
| :-- | :-- | --- | --- |
| Tiny | [run](https://example.com/1) | 2026-09-01 | Ann |
| Large | — | — | Bob |

Text below.
`;

  test('gets the columns that it lacks, and keeps what else stands in it', () => {
    const changed = recordIn('plan.md', evidence, aRecord())!;
    expect(validationOf('plan.md', changed)?.peakMemoryBytes?.value).toBe(44 * gib);
    expect(validationOf('plan.md', changed, 'Tiny')).toMatchObject({
      link: 'https://example.com/1',
      gpuHours: null,
    });
    const after = lineChanges(evidence, changed).map((change) => change.after);
    expect(after).toContain('| Tiny | [run](https://example.com/1) | 2026-09-01 | Ann | — | — | — | — |');
    expect(after.find((line) => line?.startsWith('| Large'))).toContain('| Bob |');
    expect(after).toHaveLength(4);
  });

  test('gets one more row for another scale', () => {
    const changed = recordIn('plan.md', evidence, aRecord({ row: 'Small' }))!;
    expect(validationOf('plan.md', changed, 'Small')?.link).toBe('https://example.com/runs/7');
    expect(changed).toContain('Text below.');
  });
});

test('a link or a config that would break the table is refused or made harmless', () => {
  expect(recordIn('plan.md', markdown, aRecord({ link: 'https://a.b/(c)|d' }))).toBeNull();
  expect(recordIn('plan.md', markdown, aRecord({ config: 'a|b](c)`.yaml' }))).not.toBeNull();
});

describe('by your own runs', () => {
  const planWith = (record: ValidationRecord) => readPlan('plan.md', recordIn('plan.md', markdown, record)!).plan!;
  const ratiosAt = (record: ValidationRecord, scale: string) => {
    const plan = planWith(record);
    const index = plan.scales.findIndex(({ name }) => name === scale);
    return measuredOverPredicted(plan, {
      kind: 'scale',
      scale: plan.scales[index]!,
      index,
    });
  };

  test('a scale goes by its own run, or by that of the scale below', () => {
    const expected = {
      scale: 'Large',
      date: '2026-10-03',
      memoryRatio: 1.1,
      hoursRatio: 1.1,
    };
    expect(ratiosAt(aRecord(), 'Large')).toEqual(expected);
    expect(ratiosAt(aRecord(), 'XL')).toEqual(expected);
  });

  test('a run two scales away says nothing, nor does a larger one', () => {
    expect(ratiosAt(aRecord({ row: 'Medium' }), 'XL')).toBeNull();
    expect(ratiosAt(aRecord(), 'Medium')).toBeNull();
  });

  test('beyond the plan the largest scale counts', () => {
    const plan = planWith(aRecord({ row: 'XL' }));
    expect(
      measuredOverPredicted(plan, {
        kind: 'beyond',
        largest: plan.scales.at(-1)!,
      })?.scale,
    ).toBe('XL');
  });

  test('a measurement without the estimate of its day gives no ratio', () => {
    const record = aRecord({
      predictedMemoryBytes: null,
      predictedGpuHours: null,
    });
    expect(ratiosAt(record, 'Large')).toBeNull();
    expect(ratiosAt(aRecord({ predictedGpuHours: null }), 'Large')).toMatchObject({ hoursRatio: null });
  });
});

test('whatever was measured, the ratio is kept to within a percent', () => {
  const amount = fc.double({ min: 1, max: 1000, noNaN: true });
  fc.assert(
    fc.property(amount, amount, fc.constantFrom('plan.md', 'plan.yaml'), (measured, predicted, path) => {
      const record = aRecord({
        memoryBytes: measured * gib,
        predictedMemoryBytes: predicted * gib,
        gpuHours: 1000 * measured,
        predictedGpuHours: 1000 * predicted,
      });
      const { plan } = readPlan(path, recordIn(path, path === 'plan.md' ? markdown : yaml, record)!);
      const index = plan!.scales.findIndex(({ name }) => name === 'Large');
      const ratios = measuredOverPredicted(plan!, {
        kind: 'scale',
        scale: plan!.scales[index]!,
        index,
      })!;
      expect(Math.abs(ratios.memoryRatio! / (measured / predicted) - 1)).toBeLessThan(0.011);
      expect(Math.abs(ratios.hoursRatio! / (measured / predicted) - 1)).toBeLessThan(0.011);
    }),
  );
});

describe('a stage', () => {
  const record = (parts: Partial<ValidationRecord> = {}) =>
    aRecord({ row: 'SFT', kind: 'stage', gpuHours: 30, ...parts });
  const stages = '| Stage | GPU-hours | Cost |\n|-|-|-|\n| SFT | 40 | $80 |\n| GRPO | 90 | $180 |\n';

  test.each([
    ['plan.md', stages],
    ['plan.md', `${stages}\n| Stage | Run | Date |\n|-|-|-|\n| GRPO | — | |\n`],
    [
      'plan.md',
      stages
        .replace('Cost |', 'Cost | Link |')
        .replace('-|\n', '-|-|\n')
        .replaceAll(/(\$\d+) \|/g, '$1 | — |'),
    ],
    ['plan.csv', 'Stage,GPU-hours,Cost\nSFT,40,"$1,080"\nGRPO,90,$180\n'],
    ['plan.csv', '\uFEFFStage;GPU-hours;Cost\r\nSFT;40;$80\r\nGRPO;90;$180\r\n'],
    ['plan.yaml', 'scalegate_plan: 1\nstages:\n  - { name: SFT, gpu_hours: 40 }\n  - name: GRPO\n    gpu_hours: 90\n'],
    ['plan.yaml', 'stages:\n  - name: SFT\n    gpu_hours: 40\n  - name: GRPO\n    gpu_hours: 90\n'],
    ['plan.yaml', 'runs:\n  SFT:\n    gpu_hours: 40\n  GRPO:\n    gpu_hours: 90\n'],
  ])('of %s keeps what is planned, and says what was measured', (path, text) => {
    const changed = recordIn(path, text, record())!;
    const { plan, problems } = readPlan(path, changed);
    expect(problems).toEqual([]);
    expect(plan!.stages).toMatchObject([
      {
        name: 'SFT',
        gpuHours: { value: 40 },
        validation: {
          link: 'https://example.com/runs/7',
          date: '2026-10-03',
          gpuHours: { value: 30 },
          peakMemoryBytes: { value: 44 * gib },
          predictedGpuHours: { value: 1000 },
        },
      },
      { name: 'GRPO', gpuHours: { value: 90 }, validation: null },
    ]);
    expect(recordIn(path, changed, record({ gpuHours: 31 }))).not.toBeNull();
  });
});
