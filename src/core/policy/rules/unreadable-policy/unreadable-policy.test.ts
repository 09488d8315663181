import { expect, test } from 'vitest';
import { aProblem } from '../../../../../test/support/an-evaluation.ts';
import { aContext } from '../../../../../test/support/a-run.ts';
import { unreadablePolicy } from './unreadable-policy.ts';

const nothing = { changes: [], verdicts: [], judged: 0, isCut: false };

test('policy and plan that are left alone, or can be read, break nothing', () => {
  expect(unreadablePolicy.checkPullRequest([], {}, aContext())).toEqual([]);
  const proposal = { ...nothing, problems: [] };
  expect(unreadablePolicy.checkPullRequest([], {}, aContext({ proposal }))).toEqual([]);
});

test('each mistake of the head is told at its line, a hundred of them as ten', () => {
  const place = { path: '.github/scalegate.yml', line: 4, column: 3 };
  const problem = aProblem({ place, key: 'ruels', message: 'unknown key.', hint: 'Did you mean "rules"?' });
  const proposal = { ...nothing, problems: [problem] };
  expect(unreadablePolicy.checkPullRequest([], {}, aContext({ proposal }))).toMatchObject([
    {
      place,
      message: '.github/scalegate.yml has a mistake on line 4: ruels: unknown key.',
      action: 'Did you mean "rules"? Once merged, it would fail every pull request that changes a config.',
    },
  ]);
  const many = { ...nothing, problems: Array.from({ length: 100 }, () => problem) };
  expect(unreadablePolicy.checkPullRequest([], {}, aContext({ proposal: many }))).toHaveLength(10);
});
