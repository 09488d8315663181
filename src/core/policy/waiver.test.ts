import { describe, expect, test } from 'vitest';
import { change, evaluate, large, policyOf } from '../../../test/support/a-pull-request.ts';
import { parseDocument } from '../document/parse-document.ts';
import { lintPolicy } from './lint-policy.ts';
import { readPolicy } from './read-policy.ts';

const tooLarge = large.replace('activation_checkpointing: full', 'activation_checkpointing: none');
const waived = `policies:
  - files: ['configs/**']
    rules: { memory-limit: warning }
    waiver: { until: 2026-12-31, owner: ada, reason: The cluster moves to H200. }
`;

function levelOn(today: string, path = 'configs/large.yaml') {
  const evaluation = evaluate([change(path, large, tooLarge)], { policy: policyOf(waived), today });
  return evaluation.findings.find(({ rule }) => rule === 'memory-limit');
}

describe('a waiver', () => {
  test('holds until the end of its day, and the finding tells whose it is and why', () => {
    expect(levelOn('2026-12-31')).toMatchObject({
      level: 'warning',
      message: expect.stringContaining('Waived until 2026-12-31 by ada: The cluster moves to H200.') as string,
    });
    expect(levelOn('2027-01-01')).toMatchObject({
      level: 'error',
      message: expect.not.stringContaining('ada') as string,
    });
  });

  test('holds for its files alone', () => {
    expect(levelOn('2026-12-31', 'other/large.yaml')?.level).toBe('error');
  });

  test('needs a day, an owner and a reason', () => {
    const entry = (waiver: string) => `scalegate_policy: 1\npolicies: [{ files: ['a/**'], waiver: ${waiver} }]\n`;
    const problems = (waiver: string) =>
      readPolicy({ path: 'p.yml', text: entry(waiver) }).problems.map(({ key }) => key);
    expect(problems('{ until: 2026-12-31, owner: ada, reason: x }')).toEqual([]);
    expect(problems('{ until: 2026-02-31, owner: ada, reason: x }')).toEqual(['policies[0].waiver.until']);
    expect(problems('{ until: 2026-12-31 }')).toHaveLength(2);
  });

  test('that has ended is told by the lint, and shadows nothing', () => {
    const text = `scalegate_policy: 1\npolicies:\n  - files: ['configs/**']\n    rules: { memory-limit: notice }\n${waived.replace('policies:\n', '')}`;
    const around = { files: ['configs/a.yaml'], rows: null, hasCodeowners: false, gpuNamed: () => null };
    const remarks = (today: string) =>
      lintPolicy(parseDocument('p.yml', text).document!, readPolicy({ path: 'p.yml', text }).policy, {
        ...around,
        today,
      });
    expect(remarks('2026-12-31')).toEqual([]);
    expect(remarks('2027-01-01')).toMatchObject([{ rule: 'ended-waiver', place: { line: 5 } }]);
  });
});
