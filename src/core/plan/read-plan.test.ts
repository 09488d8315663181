import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlan } from './read-plan.ts';

const reference = readFileSync('examples/model-scaling-estimates.md', 'utf8');

/** Holds for every reading, whatever the text: the plan is usable, and each problem has a place in the file. */
function expectSound(path: string, text: string): void {
  const { plan, problems } = readPlan(path, text);
  if (plan === null) expect(problems.length).toBeGreaterThan(0);
  const lines = text.split(/\r\n|\n|\r/).length;
  for (const { place } of problems) {
    expect(place.path).toBe(path);
    expect(place.line).toBeGreaterThanOrEqual(1);
    expect(place.line).toBeLessThanOrEqual(lines);
    expect(place.column).toBeGreaterThanOrEqual(1);
  }
  const parameters = plan?.scales.map((scale) => scale.parameters.value) ?? [];
  if (plan !== null) expect(plan.scales.length + plan.stages.length).toBeGreaterThan(0);
  expect(parameters).toEqual(parameters.toSorted((a, b) => a - b));
}

test('any text is a plan or has a problem', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('plan.md', 'plan.yaml', 'plan.json', 'plan'),
      fc.string({ unit: 'binary' }),
      expectSound,
    ),
  );
});

test('text made of the marks of Markdown is a plan or has a problem', () => {
  const piece = fc.constantFrom(
    '|',
    '-',
    '\n',
    ' ',
    '# ',
    '> ',
    '```',
    '<!--',
    '\\',
    '**',
    '[',
    '](',
    ':',
    '1M',
    'Scale',
    'Params',
    'Tiny',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
      expectSound('plan.md', pieces.join(''));
    }),
  );
});

test('the reference plan with anything changed is a plan or has a problem', () => {
  fc.assert(
    fc.property(fc.nat(reference.length), fc.nat(40), fc.string({ maxLength: 10 }), (start, length, text) => {
      expectSound('plan.md', reference.slice(0, start) + text + reference.slice(start + length));
    }),
    { numRuns: 300 },
  );
});

test('names that mean something to JavaScript are names like any other', () => {
  const { plan, problems } = readPlan(
    'plan.md',
    '| Scale | Params |\n|-|-|\n| \\_\\_proto\\_\\_ | 1M |\n| constructor | 2M |',
  );
  expect(problems).toEqual([]);
  expect(plan!.scales.map(({ name }) => name)).toEqual(['__proto__', 'constructor']);
});

test('control characters reach no output', () => {
  const { plan } = readPlan('plan.md', '| Scale | Params |\n|-|-|\n| T\u001b[31miny\u202e | 1M |');
  expect(plan!.scales[0]!.name).toBe('T[31miny');
  const yaml = 'scalegate_plan: 1\nscales: [{ name: "T\\e[31m", parameters: 1M }]\n';
  expect(readPlan('plan.yaml', yaml).plan).toBeNull();
});

test('Windows line ends and a byte order mark make no difference', () => {
  const windows = readPlan('plan.md', `\uFEFF${reference.replaceAll('\n', '\r\n')}`);
  expect(windows).toEqual(readPlan('plan.md', reference));
});

test('a file of more than 250,000 characters is not read', () => {
  const { plan, problems } = readPlan('plan.md', `${reference}${' '.repeat(250_000)}`);
  expect(plan).toBeNull();
  expect(problems).toMatchObject([{ code: 'too-large' }]);
});

test('more scales than any ladder has are a problem', () => {
  const rows = Array.from({ length: 500 }, (_, index) => `| s${index} | ${index + 1}M |`);
  const { plan, problems } = readPlan('plan.md', ['| Scale | Params |', '|-|-|', ...rows].join('\n'));
  expect(plan!.scales).toHaveLength(100);
  expect(problems).toMatchObject([{ code: 'too-many-scales', place: { line: 103 } }]);
});

const ladder = '| Scale | Params |\n|-|-|\n| Tiny | 1M |\n';

test.each([
  ['list markers', '1. '],
  ['quote marks', '> '],
  ['brackets', '[a]('],
  ['emphasis', '*a_ '],
  ['white space', ' '],
  ['digits', '1'],
  ['tags', '<a '],
  ['comments', '<!--'],
  ['pipes', '|'],
  ['rules', '- '],
  ['lines', '\n'],
  ['items', '- 1 hours of data for X scale: 1\n'],
  ['tables', '|Scale|Run|\n|-|-|\n|x|y|\n\n'],
  ['rows', '|x|1M|\n'],
])(
  'a quarter of a megabyte of %s, at the start of a line or in a cell, is read in seconds',
  (_, unit) => {
    const filler = unit.repeat(249_000 / unit.length);
    expect(readPlan('plan.md', `${ladder}${filler}`).plan).not.toBeNull();
    expect(readPlan('plan.md', `${ladder}\n- Precision: ${filler}x`).plan).not.toBeNull();
    expect(readPlan('plan.md', `${ladder}| Small | ${filler}x |`).plan).not.toBeNull();
  },
  10_000,
);

test('a ladder of ten thousand rows and as many rows without a scale are read in seconds', () => {
  const rows = (name: string) => Array.from({ length: 10_000 }, (_, index) => `|${name}${index}|1M|`).join('\n');
  const { plan } = readPlan('plan.md', `${ladder}${rows('a')}\n\n|Scale|Cost|\n|-|-|\n${rows('b')}`);
  expect(plan!.scales).toHaveLength(100);
}, 10_000);
