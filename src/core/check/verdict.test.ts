import { describe, expect, test } from 'vitest';
import { change, evaluate, large, referencePlan, rulesOf, xl } from '../../../test/support/a-pull-request.ts';

describe('a pull request', () => {
  test('that moves Large to XL waits: the plan records no validated scale', () => {
    const evaluation = evaluate([change('configs/large.yaml', large, xl)]);
    expect(evaluation.verdict).toBe('waiting');
    expect(rulesOf(evaluation)).toEqual([
      'plan-deviation: approval',
      'previous-scale-validated: approval',
      'scale-jump: approval',
      'plan-deviation: notice',
    ]);
  });

  test('that moves Large to XL fails where Large is not validated though others are', () => {
    const evidence = '\n| Scale | Run | Date |\n| - | - | - |\n| Tiny | [run](https://example.org/1) | 2026-10-03 |\n';
    const validated = { path: referencePlan.path, content: { text: referencePlan.content.text + evidence } };
    const evaluation = evaluate([change('configs/large.yaml', large, xl)], { planFiles: [validated] });
    expect(evaluation.verdict).toBe('fail');
    expect(rulesOf(evaluation)).toContain('previous-scale-validated: error');
  });

  test('that no longer fits the GPU fails, on the line that caused it', () => {
    const checkpointing = 'activation_checkpointing: full';
    const evaluation = evaluate([
      change('configs/large.yaml', large, large.replace(checkpointing, 'activation_checkpointing: none')),
    ]);
    expect(evaluation.verdict).toBe('fail');
    const line = large.split('\n').findIndex((text) => text.includes(checkpointing)) + 1;
    expect(evaluation.findings[0]).toMatchObject({ rule: 'memory-limit', level: 'error', place: { line } });
  });

  test('that edits a comment passes', () => {
    const evaluation = evaluate([change('configs/large.yaml', large, `# a word\n${large}`)]);
    expect(evaluation.verdict).toBe('pass');
  });

  test('that deletes a config passes, and lists it', () => {
    const evaluation = evaluate([change('configs/xl.yaml', xl, null)]);
    expect(evaluation).toMatchObject({ verdict: 'pass', pairs: [{ path: 'configs/xl.yaml', head: null }] });
  });

  test('that touches no config has nothing to report', () => {
    const evaluation = evaluate([
      change('package.json', '{}', '{"name": "x"}'),
      change('data.yaml', null, 'a: [1, 2]\n'),
    ]);
    expect(evaluation).toMatchObject({ verdict: 'pass', pairs: [], findings: [], problems: [] });
  });
});
