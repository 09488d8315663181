import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FileChange } from '../../test/local-github/git/write-commit.ts';
import { repositoryName, withGitHub } from '../../test/support/with-github.ts';
import { evaluatePullRequest } from './evaluate-pull-request.ts';
import { readPullRequest } from './reading/pull-request.ts';

const github = withGitHub();
const large = readFileSync('examples/configs/large.yaml', 'utf8');
const xl = readFileSync('examples/configs/xl.yaml', 'utf8');
const plan = readFileSync('examples/model-scaling-estimates.md', 'utf8');

/** A pull request of `engineer` that makes these changes to a repository with one large config. */
async function aPullRequest(files: Record<string, FileChange>, message = 'Train') {
  const repository = await github.repository({ 'configs/large.yaml': large, 'scaling-plan.md': plan });
  await repository.commit('feature', files, { author: 'engineer', message });
  return { repository, pullRequest: await repository.openPullRequest({ head: 'feature', author: 'engineer' }) };
}

async function evaluate() {
  const client = github.client();
  const found = await readPullRequest(client, repositoryName, 1);
  const options = { policyPath: null, today: '2026-11-23' };
  return (await evaluatePullRequest(client, repositoryName, found, options)).evaluation;
}

test('a pull request that conflicts with its base is evaluated, though no workflow of it would run', async () => {
  const { repository } = await aPullRequest({ 'configs/large.yaml': xl });
  await repository.commit('main', { 'configs/large.yaml': large.replace('num_layers: 24', 'num_layers: 25') });
  const { verdict, pairs } = await evaluate();
  expect(pairs).toHaveLength(1);
  expect(verdict).toBe('waiting');
});

test('a commit that asks GitHub to skip checks is evaluated like any other', async () => {
  await aPullRequest({ 'configs/large.yaml': xl }, 'Train [skip ci]\n\nskip-checks: true');
  expect((await evaluate()).verdict).toBe('waiting');
});

test.each<[string, FileChange]>([
  ['a submodule', { submodule: '1'.repeat(40) }],
  ['a symbolic link', { symlink: 'elsewhere' }],
])('a folder of configs that becomes %s can no longer be seen, and does not pass', async (kind, change) => {
  await aPullRequest({ 'configs/large.yaml': null, configs: change });
  const { verdict, findings } = await evaluate();
  expect(verdict).toBe('fail');
  expect(findings.map(({ message }) => message).join()).toContain(kind);
});

test('a folder of configs that becomes a text file is only gone', async () => {
  await aPullRequest({ 'configs/large.yaml': null, configs: 'moved to another repository\n' });
  expect((await evaluate()).verdict).toBe('pass');
});
