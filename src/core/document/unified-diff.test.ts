import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
const text = `${lines.join('\n')}\n`;

test('changes have three lines around them, and those that are near share a hunk', () => {
  const after = text.replace('line 5\n', 'five\n').replace('line 6\n', 'six\n').replace('line 28\n', 'x\n');
  expect(unifiedDiff('plan.md', text, after).split('\n')).toEqual([
    '--- a/plan.md',
    '+++ b/plan.md',
    '@@ -2,8 +2,8 @@',
    ...[' line 2', ' line 3', ' line 4', '-line 5', '-line 6', '+five', '+six', ' line 7', ' line 8', ' line 9'],
    '@@ -25,6 +25,6 @@',
    ...[' line 25', ' line 26', ' line 27', '-line 28', '+x', ' line 29', ' line 30'],
  ]);
});

test('the same text has no diff', () => {
  expect(unifiedDiff('plan.md', text, text)).toBe('');
});

test.each([
  ['at both ends', text, text.replace('line 1\n', 'one\n').replace('line 30\n', 'thirty\n')],
  ['without a last line end', text.trimEnd(), text.trimEnd().replace('line 30', 'thirty')],
  ['with carriage returns', 'a\r\nb\r\n', 'a\r\nc\r\n'],
  ['of a single line', 'a', 'b'],
])('git applies it: %s', (_, before, after) => {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-diff-'));
  try {
    writeFileSync(join(folder, 'plan.md'), before);
    const env = { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: tmpdir() };
    execFileSync('git', ['apply', '-'], { cwd: folder, input: `${unifiedDiff('plan.md', before, after)}\n`, env });
    expect(readFileSync(join(folder, 'plan.md'), 'utf8')).toBe(after);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
