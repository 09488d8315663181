import { expect, test } from 'vitest';
import { aFinding, jump } from '../../../../../test/support/a-finding.ts';
import { anEvaluation, aProblem } from '../../../../../test/support/an-evaluation.ts';
import { unix } from './unix.ts';

const options = { width: 80, colour: false, version: '1.0.0' };

test('a line a remark, where it stands first, the worst first', () => {
  const lines = unix
    .render(anEvaluation({ findings: [jump, aFinding()], problems: [aProblem()] }), options)!
    .split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.every((line) => /^configs\/\w+\.yaml:\d+:\d+: (?:error|warning): .+ \[[\w-]+\]$/.test(line))).toBe(true);
  expect(lines.at(-1)).toContain('configs/large.yaml:4:3: warning: The run climbs');
});

test('a path of several lines stays on one, and nothing remarked is nothing printed', () => {
  const path = 'a\nb:1:1: error: forged';
  const finding = aFinding({ path, place: { path, line: 1, column: 1 } });
  expect(unix.render(anEvaluation({ findings: [finding] }), options)!.split('\n')).toHaveLength(1);
  expect(unix.render(anEvaluation(), options)).toBeNull();
});
