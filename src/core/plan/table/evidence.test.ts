import { expect, test } from 'vitest';
import { codeAndPlace, ladder, planOf } from '../../../../test/support/a-markdown-plan.ts';
import { gibibyte } from '../../units/bytes.ts';
import { readPlan } from '../read-plan.ts';

test('evidence is a link to the run, with its date and what was measured', () => {
  const { scales } = planOf(
    `${ladder}\n| Scale | Run | Date | Peak memory | GPU hours |\n|-|-|-|-|-|\n` +
      '| Tiny | [run 7](https://x.test/7) | 2026-10-03 | 2.8 GB | 9 |\n| Tiny | https://x.test/8 | — | | |\n| Small | — | | | |',
  );
  expect(scales[0]).toMatchObject({
    memoryBytes: null,
    gpuHours: null,
    validation: {
      link: 'https://x.test/7',
      date: '2026-10-03',
      peakMemoryBytes: { value: 2.8 * gibibyte },
      gpuHours: { value: 9 },
      place: { line: 8, column: 10 },
    },
  });
  expect(scales[1]!.validation).toBeNull();
});

test('evidence may stand in a column of the ladder, where GPU hours stay the planned ones', () => {
  const { scales } = planOf(
    '| Scale | Params | GPU hours | Validated |\n|-|-|-|-|\n' +
      '| Tiny | 10M | 10 | 2026-10-03 [run](runs/tiny.md) |\n| Small | 100M | 100 | not yet |',
  );
  expect(scales[0]).toMatchObject({
    gpuHours: { value: 10 },
    validation: { link: 'runs/tiny.md', date: '2026-10-03', gpuHours: null },
  });
  expect(scales[1]!.validation).toBeNull();
});

test.each(['✅', 'yes', '2026-10-03', '[run](javascript:alert(1))'])('%s is a claim, not evidence', (cell) => {
  const text = `| Scale | Params | Validated |\n|-|-|-|\n| Tiny | 10M | ${cell} |`;
  const { plan, problems } = readPlan('plan.md', text);
  expect(plan!.scales[0]!.validation).toBeNull();
  expect(problems.map(codeAndPlace)).toEqual(['missing-evidence 3:16']);
});
