import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aFinding } from '../../../../../test/support/a-finding.ts';
import { aPair } from '../../../../../test/support/a-pair.ts';
import { anEstimatedRun, large, xl } from '../../../../../test/support/an-estimated-run.ts';
import { anEvaluation, aProblem } from '../../../../../test/support/an-evaluation.ts';
import { evaluations } from '../../../../../test/support/example-evaluations.ts';
import { renderEstimateText, renderProblem, renderText } from './text.ts';

const plain = { colour: false, width: 120 };

describe('at a terminal, a pull request reads', () => {
  test.each(Object.keys(evaluations))('%s', async (name) => {
    await expect(`${renderText(evaluations[name]!, plain)}\n`).toMatchFileSnapshot(`goldens/${name}.txt`);
  });
});

describe('at a terminal, a run reads', () => {
  test.each([
    ['estimate', { ...xl }],
    ['estimate-unknown', { ...large, memoryGib: null, gpuHours: null }],
  ])('%s', async (name, parts) => {
    await expect(`${renderEstimateText(anEstimatedRun(parts), plain)}\n`).toMatchFileSnapshot(`goldens/${name}.txt`);
  });
});

test('without color there are no escape sequences, with color the text is the same', () => {
  const painted = renderText(evaluations['fail']!, { ...plain, colour: true });
  expect(painted).toContain('\u001b[31m');
  // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(renderText(evaluations['fail']!, plain));
});

test('long paths lose their middle, not the figures', () => {
  const path = `experiments/${'deeply/'.repeat(20)}large.yaml`;
  const line = renderText(anEvaluation({ pairs: [aPair(path, large, xl)] }), plain)
    .split('\n')
    .at(-1)!;
  expect(line).toMatch(/^exper.*….*large\.yaml {2}Large → XL/);
  expect(line.length).toBeLessThanOrEqual(120);
});

test('a narrow terminal gets short lines instead of a table', () => {
  const text = renderText(evaluations['waiting']!, { ...plain, width: 80 });
  expect(text).toContain(
    ['configs/large.yaml', '  Large → XL, 1.21B → 3.08B parameters', '  46.2 → 77.9 GiB per GPU  █████████░ 98%'].join(
      '\n',
    ),
  );
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('a pull request without training configs is said to be one', () => {
  expect(renderText(anEvaluation(), plain)).toBe('scalegate passes: no training config changed');
});

test('a problem is one line that an editor can jump from', () => {
  expect(renderProblem(aProblem(), { colour: false })).toBe(
    'error  configs/broken.yaml:7:14  model.num_layers: Found the text "twelve". Expected a whole number from 1 to 10,000.',
  );
});

test('nothing that a config holds reaches the terminal as a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const place = { path: text, line: 1, column: 1 };
      const assumptions = [{ field: 'name', value: text, reason: text }] as const;
      const evaluation = anEvaluation({
        pairs: [aPair(text, large, { ...xl, source: text })],
        findings: [aFinding({ path: text, place, message: text, action: text })],
        problems: [aProblem({ key: text, message: text, hint: text })],
      });
      const output =
        renderText(evaluation, plain) +
        renderEstimateText(anEstimatedRun({ path: text, assumptions, source: text }), plain);
      expect(output.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    }),
  );
});
