import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { versionProblems } from '../../scripts/release/version-problems.ts';
import { version } from '../../src/core/version.ts';

const root = resolve(import.meta.dirname, '../..');

test('a release can be made: npm package and wheel install in an empty folder, and answer', () => {
  const said = execFileSync(process.execPath, ['scripts/release.ts', '--dry-run'], { cwd: root, encoding: 'utf8' });
  expect(said).toContain(`npm package: answers ${version} and counts 113344 parameters`);
  expect(said).toContain(`wheel: answers ${version} and counts 113344 parameters`);
  expect(said).toContain(`would run: git tag --force v${version.charAt(0)} v${version}`);
}, 300_000);

test('a version that docs, schemas and program do not name is refused, place by place', () => {
  const problems = versionProblems(root, '7.8.9').join('\n');
  expect(problems).toContain("src/core/version.ts: found no export const version = '7.8.9';");
  expect(problems).toContain('CHANGELOG.md: found no ## 7.8.9');
  expect(problems).toMatch(/README\.md: found scalegate\/scalegate@v1, expected the tag v7/);
});
