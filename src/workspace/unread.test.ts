import { describe, expect, test } from 'vitest';
import { check } from '../core/check.ts';
import type { FileContent } from '../core/source-file.ts';
import { gatherPullRequest } from './gather.ts';
import { findGuards } from './guards.ts';
import { inMemoryWorkspace } from './in-memory.ts';

const run = 'scalegate: 1\nmodel: { id: gpt2 }\ntraining: { steps: 10 }\n';
const listed = 'configs: ["configs/**"]\n';
const link: FileContent = { unreadable: 'is a symbolic link, which scalegate does not follow' };

type Side = Record<string, string | FileContent>;

/** The findings of a pull request, and its verdict; what a side has not is added or removed. */
async function findings(policy: string, before: Side, after: Side) {
  const guard: Side = policy === '' ? {} : { '.github/scalegate.yml': `scalegate_policy: 1\n${policy}` };
  const [base, head] = [inMemoryWorkspace({ ...before, ...guard }), inMemoryWorkspace({ ...after, ...guard })];
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changedFiles = paths.map((path) => ({
    path,
    previousPath: null,
    status: !(path in before) ? ('added' as const) : path in after ? ('modified' as const) : ('removed' as const),
  }));
  const evaluation = check(await gatherPullRequest({ base, head, changedFiles, guards: await findGuards(base) }));
  return evaluation.findings
    .filter(({ rule }) => rule === 'unreadable-config')
    .map(({ level, place }) => `${level} ${place.path}`);
}

describe('where the policy lists configs', () => {
  test.each<[string, Side]>([
    ['a link', { 'configs/more': link }],
    ['a submodule', { 'configs/sub': { unreadable: 'is a submodule, whose files are in another repository' } }],
    ['a link with the ending of a config', { 'configs/a.yaml': link }],
  ])('%s is no way around the rules', async (_, after) => {
    expect(await findings(listed, {}, after)).toEqual([`error ${Object.keys(after)[0]!}`]);
  });

  test.each(['configs/a.tmpl', 'configs/a.yaml.j2', 'configs/a.cfg', 'configs/a'])(
    'what looks like a config is a notice as %s',
    async (path) => {
      expect(await findings(listed, {}, { [path]: run })).toEqual([`notice ${path}`]);
    },
  );

  test('two colons in its name are no way either', async () => {
    expect(await findings(listed, {}, { 'configs/a.yaml::b.sh': run })).toEqual(['error configs/a.yaml::b.sh']);
    expect(await findings('', {}, { 'configs/a.yaml::b.sh': run })).toEqual(['notice configs/a.yaml::b.sh']);
  });

  test('other text is none of it', async () => {
    expect(await findings(listed, {}, { 'configs/README.md': '# Configs\n\nText.\n' })).toEqual([]);
  });
});

test.each([listed, ''])('a config is not rid of by another ending; policy: %j', async (policy) => {
  expect(
    await findings(policy, { 'configs/large.yaml': run }, { 'configs/large.cfg': run.replace('10', '1000') }),
  ).toEqual(['error configs/large.cfg']);
});

describe('without a policy', () => {
  test.each<[string, FileContent]>([
    ['too large', { unreadable: 'is 600000 bytes long; files up to 500000 bytes are read' }],
    ['UTF-16', { unreadable: 'is a binary file' }],
    ['in Git LFS', { unreadable: 'is stored in Git LFS; only its pointer is in the repository' }],
  ])('a new file that is %s is named', async (_, content) => {
    expect(await findings('', {}, { 'train.yaml': content })).toEqual(['notice train.yaml']);
  });
});

describe('a glob of the policy that matches no file', () => {
  const change: [Side, Side] = [{ 'conf/a.yaml': run }, { 'conf/a.yaml': run.replace('10', '1000') }];

  test('is an error where it keeps a changed config from being judged', async () => {
    expect(await findings(listed, ...change)).toEqual(['error conf/a.yaml']);
  });

  test('is a notice where others match', async () => {
    const others: Side = { 'train/b.yaml': run };
    expect(
      await findings('configs: ["configs/**", "train/**"]\n', { ...change[0], ...others }, { ...change[1], ...others }),
    ).toEqual(['notice conf/a.yaml']);
  });

  test.each<[string, Side, Side]>([
    ['the last file that it matched goes', { 'configs/a.yaml': run, 'conf/a.yaml': run }, change[1]],
    ['nothing changes that would be judged', {}, { 'README.md': 'text', 'jobs.yaml': 'jobs: 1\n' }],
    ['all of them match', { 'configs/a.yaml': run, ...change[0] }, { 'configs/a.yaml': run, ...change[1] }],
  ])('is none of it where %s', async (_, before, after) => {
    expect(await findings(listed, before, after)).toEqual([]);
  });
});
