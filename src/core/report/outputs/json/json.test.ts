import { describe, expect, test } from 'vitest';
import { anEstimatedRun, large, xl } from '../../../../../test/support/an-estimated-run.ts';
import { aProblem } from '../../../../../test/support/an-evaluation.ts';
import { evaluations } from '../../../../../test/support/example-evaluations.ts';
import { EstimateReport } from './estimate-report.ts';
import { EvaluationReport } from './evaluation-report.ts';
import { renderEstimateJson, renderEvaluationJson, renderUnreadableJson } from './json.ts';

function indented(json: string): string {
  return `${JSON.stringify(JSON.parse(json), null, 2)}\n`;
}

describe('estimates as JSON', () => {
  test.each([
    ['estimate', anEstimatedRun(xl)],
    ['estimate-unknown', anEstimatedRun({ ...large, memoryGib: null, gpuHours: null })],
    ['estimate-beyond-plan', anEstimatedRun({ parameters: 7e9, memoryGib: 300, gpuHours: 20_000, scale: 'beyond' })],
  ])('%s', async (name, run) => {
    const json = renderEstimateJson(run);
    EstimateReport.parse(JSON.parse(json));
    await expect(indented(json)).toMatchFileSnapshot(`goldens/${name}.json`);
  });

  test('are one line each, for tools that read line by line', () => {
    expect(renderEstimateJson(anEstimatedRun())).not.toContain('\n');
  });

  test('of an unreadable file hold its problems and no figures', () => {
    const report = EstimateReport.parse(JSON.parse(renderUnreadableJson('broken.yaml', [aProblem()])));
    expect(report).toMatchObject({
      run: { path: 'broken.yaml', dialect: null },
      memory: { peak_gib: null },
      problems: [{ code: 'wrong-type', place: { line: 7 } }],
    });
  });

  test('keep hostile text, escaped, so that a terminal shows it as text', () => {
    const path = 'a\u009b2J\u202eb\u{e0041}c\u001b';
    const json = renderEstimateJson(anEstimatedRun({ path }));
    expect(json).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(EstimateReport.parse(JSON.parse(json)).run.path).toBe(path);
  });
});

describe('evaluations as JSON', () => {
  test.each(['fail', 'approved', 'unreadable-config', 'plan-change'])('%s', async (name) => {
    await expect(indented(renderEvaluationJson(evaluations[name]!))).toMatchFileSnapshot(`goldens/${name}.json`);
  });

  test('name the changed files that change a config', () => {
    const { configs } = EvaluationReport.parse(JSON.parse(renderEvaluationJson(evaluations['changed-base']!)));
    expect(configs[0]).toMatchObject({ path: 'configs/recipes/large.yaml', changed_by: ['configs/base.yaml'] });
  });

  test.each(Object.keys(evaluations))('%s keeps to the schema', (name) => {
    expect(() => EvaluationReport.parse(JSON.parse(renderEvaluationJson(evaluations[name]!)))).not.toThrow();
  });

  test('have no totals where one config is unknown', () => {
    const json = renderEvaluationJson(evaluations['unknown-memory']!);
    expect(EvaluationReport.parse(JSON.parse(json)).totals).toEqual({
      max_memory_gib: null,
      gpu_hours: null,
      cost_usd: null,
    });
  });
});
