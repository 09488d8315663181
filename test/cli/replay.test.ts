import { expect, test } from 'vitest';
import { largeMovedToXl, sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { sampleRepository, ScratchFolder, scratchRepository } from './scratch-folder.ts';

/** Four commits: the files, a README, the Large config at XL, and a batch that no GPU holds. */
function withHistory(): ScratchFolder {
  const repository = sampleRepository();
  repository.commit({ 'README.md': 'Hello.\n' });
  repository.commit({ 'configs/large.yaml': largeMovedToXl() });
  repository.commit({
    'configs/tiny.yaml': sampleConfig('tiny.yaml').replace(/micro_batch_size: .*/, 'micro_batch_size: 65536'),
  });
  return repository;
}

test('what would have failed or waited is named with its reason, and all is counted', async () => {
  const { session, status } = await runCli(withHistory().path, 'replay');
  await expect(session).toMatchFileSnapshot('goldens/replay.txt');
  expect(status).toBe(0);
});

test('a draft of a policy is tried without being committed', async () => {
  const repository = withHistory();
  repository.write({
    'draft.yml': 'scalegate_policy: 1\nrules: { memory-limit: off, scale-jump: off, plan-deviation: off }\n',
  });
  const { out } = await runCli(repository.path, 'replay --policy draft.yml');
  expect(out).toContain('held against draft.yml');
  expect(out).toMatch(/^0 would have failed$/m);
});

test('as JSON it is an object a commit, the newest first', async () => {
  const { out } = await runCli(withHistory().path, 'replay --last 3 --json');
  const commits = out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { outcome: string; findings: unknown[] });
  expect(commits.map(({ outcome }) => outcome)).toEqual(['fail', 'waiting', 'silent']);
  expect(commits[0]?.findings).toContainEqual(
    expect.objectContaining({ rule: 'memory-limit', level: 'error', path: 'configs/tiny.yaml' }),
  );
});

test.each([
  ['replay --last 0', '--last: found 0, expected a number of commits from 1 to 10000'],
  ['replay --last many', '--last: found many'],
  ['replay --policy gone.yml', '--policy: there is no file gone.yml'],
  ['replay nowhere', 'there is no commit "nowhere"'],
])('%s says what is wrong', async (line, message) => {
  const { err, status } = await runCli(sampleRepository().path, line);
  expect(err).toContain(message);
  expect(status).toBe(2);
});

test('outside of a repository it says so', async () => {
  const { err, status } = await runCli(new ScratchFolder().path, 'replay');
  expect(err).toContain('replay judges the commits of a git repository, and found none here');
  expect(status).toBe(2);
});

test('a repository of one commit has none to judge', async () => {
  const { out } = await runCli(scratchRepository({ 'README.md': 'Hello.\n' }).path, 'replay');
  expect(out).toContain('The last 0 commits');
});
