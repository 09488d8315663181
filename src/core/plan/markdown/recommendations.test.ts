import { expect, test } from 'vitest';
import { ladder, planOf } from '../../../../test/support/a-markdown-plan.ts';

test.each([
  ['- Triple the parameters at most', 'growthFactor', 3],
  ['- Scale up by 1.5x a step', 'growthFactor', 1.5],
  ['- Save checkpoints every 5 percent', 'checkpointShare', 0.05],
  ['- Augmentation halves the data needed', 'augmentationFactor', 2],
] as const)('%j is advice with a number', (text, name, value) => {
  expect(planOf(`${ladder}\n${text}\n`).recommendations[name]?.value).toBe(value);
});

test('advice without a number sets nothing', () => {
  expect(planOf(`${ladder}\n- Scale gradually\n- Checkpoint often\n- Monitor closely\n`).recommendations).toEqual({
    growthFactor: null,
    checkpointShare: null,
    monitor: null,
    augmentationFactor: null,
  });
});
