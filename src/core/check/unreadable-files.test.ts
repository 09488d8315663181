import { describe, expect, test } from 'vitest';
import { change, evaluate, large, policyOf, rulesOf } from '../../../test/support/a-pull-request.ts';
import { sampleConfig } from '../../../test/support/sample-repository.ts';

describe('what cannot be read', () => {
  test.each([
    ['is no YAML any more', large.replace('model:', 'model: [')],
    ['is no config any more', 'just: text\n'],
    ['has become a symbolic link', { unreadable: 'is a symbolic link, which scalegate does not follow' }],
  ])('a config that %s fails, and the others are still reported', (_, head) => {
    const other = change('configs/small.yaml', sampleConfig('small.yaml'), sampleConfig('small.yaml'));
    const evaluation = evaluate([change('configs/large.yaml', large, head), other]);
    expect(evaluation.verdict).toBe('fail');
    expect(rulesOf(evaluation)).toContain('unreadable-config: error');
    expect(evaluation.pairs.find(({ path }) => path === other.path)?.head?.estimate.memory).not.toBeNull();
  });

  test('a new file that only looks like nothing is left alone, unless the policy names it', () => {
    const changes = [change('configs/notes.yaml', null, 'just: text\n')];
    expect(evaluate(changes).pairs).toEqual([]);
    const named = evaluate(changes, { policy: policyOf('configs: ["configs/**"]\n') });
    expect(named.verdict).toBe('fail');
    expect(named.pairs[0]?.problems[0]?.code).toBe('unknown-dialect');
  });

  test('a typo in a new config names the key and what was meant', () => {
    const evaluation = evaluate([change('configs/new.yaml', null, large.replace('num_layers', 'num_layer'))]);
    expect(evaluation.pairs[0]?.problems[0]).toMatchObject({
      key: 'model.num_layer',
      place: { path: 'configs/new.yaml', line: 5 },
    });
  });

  test('a broken policy fails pull requests that touch configs, and none that only mends it', () => {
    const broken = policyOf('rules: { no-such-rule: error }\n');
    expect(evaluate([change('configs/large.yaml', large, large)], { policy: broken }).verdict).toBe('fail');
    const mending = evaluate([], { policy: broken, changedGuards: [policyOf('')] });
    expect(mending.verdict).toBe('waiting');
    expect(rulesOf(mending)).toEqual(['plan-change: approval']);
  });
});
