import { expect, test } from 'vitest';
import { aFinding } from '../../../../../test/support/a-finding.ts';
import { aPair } from '../../../../../test/support/a-pair.ts';
import { large } from '../../../../../test/support/an-estimated-run.ts';
import { anEvaluation, aProblem } from '../../../../../test/support/an-evaluation.ts';
import { evaluations } from '../../../../../test/support/example-evaluations.ts';
import { annotationsOf, fitAnnotations } from './annotations.ts';

test('findings stand on the lines that caused them, worst first', () => {
  expect(annotationsOf(evaluations['fail']!)).toMatchObject([
    { path: 'configs/large.yaml', line: 15, column: 3, level: 'error', title: 'scalegate: memory-limit' },
    { path: 'configs/large.yaml', line: 4, level: 'warning', title: 'scalegate: scale-jump' },
    { path: 'configs/large.yaml', level: 'warning', title: 'scalegate: plan-deviation' },
    { path: 'configs/medium.yaml', level: 'notice', title: 'scalegate: monitoring' },
  ]);
});

test('problems of the policy and of configs are errors on their lines', () => {
  const { place } = aProblem();
  const evaluation = anEvaluation({
    problems: [aProblem({ place: { path: '.github/scalegate.yml', line: 6, column: 3 } })],
    pairs: [aPair('configs/broken.yaml', large, null, { problems: [aProblem({ place })] })],
  });
  expect(annotationsOf(evaluation)).toMatchObject([
    { path: '.github/scalegate.yml', line: 6, level: 'error' },
    {
      path: 'configs/broken.yaml',
      line: 7,
      level: 'error',
      message: expect.stringContaining('model.num_layers: ') as string,
    },
  ]);
});

test('a problem that a finding reports is not told twice', () => {
  expect(annotationsOf(evaluations['unreadable-config']!)).toHaveLength(1);
});

test('an annotation is one line of visible text', () => {
  const findings = [aFinding({ message: `a\n::error::b\u001b${'x'.repeat(100_000)}` })];
  const [annotation] = annotationsOf(anEvaluation({ findings }));
  expect(annotation!.message).toMatch(/^a ::error::bx+…$/);
  expect(annotation!.message.length).toBeLessThanOrEqual(1000);
});

test('ten a level fit one step, the worst ones, and the rest is counted', () => {
  const findings = Array.from({ length: 25 }, (_, line) =>
    aFinding({ level: line < 12 ? 'error' : 'notice', place: { path: 'a.yaml', line, column: 1 } }),
  );
  const { shown, leftOut } = fitAnnotations(annotationsOf(anEvaluation({ findings })));
  expect(shown.map(({ level }) => level)).toEqual([
    ...Array<string>(10).fill('error'),
    ...Array<string>(10).fill('notice'),
  ]);
  expect(shown[0]!.line).toBe(0);
  expect(leftOut).toBe(5);
});

test('a finding whose line stands in another file names its config', () => {
  const finding = aFinding({ path: 'configs/run.yaml', place: { path: 'configs/base.yaml', line: 3, column: 1 } });
  const [annotation] = annotationsOf(anEvaluation({ findings: [finding] }));
  expect(annotation).toMatchObject({ path: 'configs/base.yaml', line: 3 });
  expect(annotation?.message).toMatch(/^configs\/run\.yaml: /);
});
