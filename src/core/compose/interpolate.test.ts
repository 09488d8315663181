import { describe, expect, test } from 'vitest';
import { parseDocument } from '../document/parse-document.ts';
import { valueAt } from '../document/value-at.ts';
import { interpolate } from './interpolate.ts';

function interpolated(text: string) {
  const { document, problems } = interpolate(parseDocument('run.yaml', text).document!);
  return { document, problems, at: (...keys: string[]) => valueAt(document.value, keys) };
}

const config = `
size: 64
name: x
half: \${size}
model:
  width: 8
  four: "\${multiply:4, \${.width}}"
  up: \${..size}
  own: \${group.model.width}
  text: a-\${name}-b
  list: [1, 2]
  item: \${model.list[1]}
seq: \${oc.env:SEQ,2048}
batch: \${oc.select:model.batch,4}
same: \${model}
through: \${same.width}
`;

test.each([
  [['half'], 64],
  [['model', 'four'], 32],
  [['model', 'up'], 64],
  [['model', 'own'], 8],
  [['model', 'text'], 'a-x-b'],
  [['model', 'item'], 2],
  [['seq'], 2048],
  [['batch'], 4],
  [['same', 'four'], 32],
  [['through'], 8],
])('%j is %j', (keys, value) => {
  expect(interpolated(config).at(...keys)).toBe(value);
});

test.each([
  ['multiply:4,8', 32],
  ['mul:1_000,2', 2000],
  ['sum:1,2', 3],
  ['subtract:5,2', 3],
  ['div:1,4', 0.25],
  ['int_div:7,2', 3],
  ['divide_ceil:7,2', 4],
  ['max:3,9', 9],
])('what frameworks register is calculated: %s is %d', (expression, value) => {
  expect(interpolated(`a: \${${expression}}`).at('a')).toBe(value);
});

test.each(['${oc.env:HOME}', '${eval:1+1}', '${multiply:4,x}', '${nothing}', '${a}', 'a ${map} b', '${', '${}'])(
  '%s can not be resolved, and stays as it is',
  (text) => {
    const { at, problems } = interpolated(`a: "${text}"\nmap: {b: 1}`);
    expect(at('a')).toBe(text);
    expect(problems).toEqual([]);
  },
);

test('the place of a value that is one reference is where the value is written', () => {
  const { document } = interpolated(config);
  expect(document.placeOf(['half']).line).toBe(2);
  expect(document.placeOf(['same', 'width']).line).toBe(6);
  expect(document.placeOf(['through']).line).toBe(6);
  expect(document.placeOf(['model', 'text']).line).toBe(10);
});

test('values that need each other are a problem with the way shown', () => {
  const { at, problems } = interpolated('a: {x: "${b.y}"}\nb: {y: "${a.x}"}');
  expect(at('a', 'x')).toBe('${b.y}');
  expect(problems).toMatchObject([
    {
      code: 'interpolation-cycle',
      key: 'a.x',
      place: { line: 1 },
      message: 'The value needs itself: a.x → b.y → a.x.',
    },
  ]);
});

describe('hostile references end', () => {
  const chain = (count: number, link: (next: string) => string) =>
    Array.from({ length: count }, (_, step) => `k${step}: "${link(`\${k${step + 1}}`)}"`).join('\n');

  test('text that doubles at every step', () => {
    const { at } = interpolated(`${chain(40, (next) => next + next)}\nk40: x`);
    expect(at('k0')).toBe('${k1}${k1}');
  });

  test('maps that double at every step', () => {
    const maps = Array.from({ length: 60 }, (_, step) => `m${step}: {a: "\${m${step + 1}}", b: "\${m${step + 1}}"}`);
    const { at } = interpolated(`${maps.join('\n')}\nm60: 1`);
    expect(at('m59', 'a')).toBe(1);
  });

  test('a chain of twenty thousand', () => {
    expect(interpolated(`${chain(20_000, (next) => next)}\nk20000: 1`).at('k19999')).toBe(1);
  });

  test('thousands of references to one large map', () => {
    const large = Array.from({ length: 5000 }, (_, key) => `  k${key}: 1`).join('\n');
    const uses = Array.from({ length: 5000 }, (_, key) => `u${key}: \${large}`).join('\n');
    expect(interpolated(`large:\n${large}\n${uses}`).at('u0', 'k1')).toBe(1);
  });
});
