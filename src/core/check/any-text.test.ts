import fc from 'fast-check';
import { expect, test } from 'vitest';
import { change, evaluate, large } from '../../../test/support/a-pull-request.ts';

test('whatever stands in the files, there is a verdict', () => {
  const line = fc.oneof(
    fc.constantFrom(...large.split('\n')),
    fc.string({ unit: 'binary' }),
    fc.constant('__proto__: {}'),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(line).map((lines) => lines.join('\n')),
  );
  const path = fc.constantFrom('a.yaml', 'b.json', 'c.toml', 'configs/large.yaml');
  fc.assert(
    fc.property(path, fc.option(text), fc.option(text), text, text, (where, base, head, policyText, planText) => {
      const evaluation = evaluate([change(where, base, head)], {
        policy: { path: '.github/scalegate.yml', content: { text: policyText } },
        planFiles: [{ path: 'plan.md', content: { text: planText } }],
      });
      expect(['pass', 'waiting', 'fail']).toContain(evaluation.verdict);
    }),
    { numRuns: 300 },
  );
});
