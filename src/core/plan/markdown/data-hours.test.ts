import { expect, test } from 'vitest';
import { planOf, valueOf } from '../../../../test/support/a-markdown-plan.ts';

test('a need for data may be written scale first, and finds the longer of two names', () => {
  const { scales } = planOf(
    '| Scale | Params |\n|-|-|\n| X | 10M |\n| X Large | 1B |\n\n## Data\n- X Large: ~5k hours\n- 100 hours for X\n',
  );
  expect(scales.map(({ dataHours }) => valueOf(dataHours))).toEqual([100, 5000]);
});
