import { expect, test } from 'vitest';
import { interpolated } from './interpolation.ts';

const root = {
  size: 64,
  name: 'x',
  half: '${size}',
  model: {
    width: 8,
    four: '${multiply:4, ${.width}}',
    up: '${..size}',
    own: '${group.model.width}',
    text: 'a-${name}-b',
  },
  circle: '${circle}',
  other: '${oc.env:HOME}',
  map: '${model}',
};

test.each([
  [['half'], 64],
  [['model', 'four'], 32],
  [['model', 'up'], 64],
  [['model', 'own'], 8],
  [['model', 'text'], 'a-x-b'],
])('%j is %j', (keys, value) => {
  expect(interpolated(root, keys)).toBe(value);
});

test.each(['circle', 'other', 'map'] as const)('%s can not be resolved, and stays as it is', (key) => {
  expect(interpolated(root, [key])).toBe(root[key]);
});

test('text that doubles at every step ends', () => {
  const bomb = Object.fromEntries(
    Array.from({ length: 40 }, (_, step) => [`k${step}`, `\${k${step + 1}}\${k${step + 1}}`]),
  );
  expect(interpolated({ ...bomb, k40: 'x' }, ['k0'])).toBe(bomb['k0']);
});
