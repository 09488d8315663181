import { describe, expect, test } from 'vitest';
import { outputs } from '../../src/core/report/outputs/index.ts';
import { largeMovedToXl, sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { sampleRepository, ScratchFolder } from './scratch-folder.ts';

interface Report {
  readonly verdict: string;
  readonly configs: readonly { path: string; previous_path: string | null; base: unknown; head: unknown }[];
}

async function report(folder: ScratchFolder, line: string): Promise<Report> {
  return JSON.parse((await runCli(folder.path, `${line} --json`)).out) as Report;
}

/** What happened to each config: `M`odified, `A`dded, `D`eleted, `R`enamed. */
async function changes(folder: ScratchFolder, line: string): Promise<string[]> {
  const { configs } = await report(folder, line);
  const letter = ({ base, head, previous_path: previous }: Report['configs'][number]) =>
    base === null ? 'A' : head === null ? 'D' : previous === null ? 'M' : 'R';
  return configs.map((config) => `${letter(config)} ${config.path}`).sort();
}

describe('diff of Large → XL', () => {
  test('in words', async () => {
    const repository = sampleRepository();
    repository.write({ 'configs/large.yaml': largeMovedToXl() });
    const { session } = await runCli(repository.path, 'diff');
    await expect(session).toMatchFileSnapshot('goldens/diff.txt');
  });

  test('as JSON and as the comment, with what was compared beside it', async () => {
    const repository = sampleRepository();
    repository.write({ 'configs/large.yaml': largeMovedToXl() });
    const json = await runCli(repository.path, 'diff --json');
    expect(JSON.parse(json.out)).toMatchObject({ schema_version: 1, verdict: 'waiting' });
    const comment = await runCli(repository.path, 'diff --markdown');
    expect(comment.out).toMatch(/^<!-- scalegate:comment -->\n[^]*Large → XL/);
    for (const { err, status } of [json, comment]) {
      expect(err).toMatch(/^Compared: main \([0-9a-f]{7}\) → the working tree\nHeld against, at main: /);
      expect(status).toBe(3);
    }
  });
});

describe('diff --format', () => {
  test.each([
    ['unix', /^configs\/large\.yaml:\d+:\d+: warning: /],
    ['sarif', /^\{"\$schema":"[^"]+","version":"2\.1\.0"/],
    ['junit', /^<\?xml/],
    ['markdown', /^<!-- scalegate:comment -->/],
    ['json', /^\{"schema_version":1/],
  ])('%s is printed alone, with what was compared beside it', async (format, start) => {
    const repository = sampleRepository();
    repository.write({ 'configs/large.yaml': largeMovedToXl() });
    const { out, err, status } = await runCli(repository.path, `diff --format ${format}`);
    expect(out).toMatch(start);
    expect(err).toMatch(/^Compared: /);
    expect(status).toBe(3);
  });

  test('names all that there are in its help, and for a name that is none', async () => {
    const help = (await runCli(sampleRepository().path, 'diff --help')).out;
    const wrong = await runCli(sampleRepository().path, 'diff --format xml');
    expect(wrong.status).toBe(2);
    for (const { name } of outputs) {
      expect(help).toContain(name);
      expect(wrong.err).toContain(name);
    }
  });
});

describe('what is compared', () => {
  test('without arguments is the working tree with the default branch, and the output says so', async () => {
    const repository = sampleRepository();
    repository.git('switch', '--quiet', '--create', 'feature');
    repository.commit({ 'configs/xl.yaml': sampleConfig('xl.yaml').replace('36', '37') });
    repository.write({ 'configs/tiny.yaml': sampleConfig('tiny.yaml').replace('log:', 'log: # all of it') });
    expect((await runCli(repository.path, 'diff')).out).toMatch(/^Compared: main \(\w{7}\) → the working tree\n/);
    expect(await changes(repository, 'diff')).toEqual(['M configs/tiny.yaml', 'M configs/xl.yaml']);
    expect(await changes(repository, 'diff HEAD')).toEqual(['M configs/tiny.yaml']);
    expect(await changes(repository, 'diff main feature')).toEqual(['M configs/xl.yaml']);
  });

  test('prefers the default branch of the remote', async () => {
    const repository = sampleRepository();
    const clone = new ScratchFolder();
    clone.git('clone', '--quiet', repository.path, 'clone');
    const { out } = await runCli(`${clone.path}/clone`, 'diff');
    expect(out).toMatch(/^Compared: origin\/HEAD \(/);
  });

  test('starts where the change left the base, whatever the base did since', async () => {
    const repository = sampleRepository();
    repository.git('switch', '--quiet', '--create', 'feature');
    repository.commit({ 'configs/tiny.yaml': sampleConfig('tiny.yaml').replace('hours: 10', 'hours: 20') });
    repository.commit({ 'configs/small.yaml': `# small\n${sampleConfig('small.yaml')}` });
    repository.git('switch', '--quiet', 'main');
    repository.commit({ 'configs/xl.yaml': `# xl\n${sampleConfig('xl.yaml')}` });
    expect(await changes(repository, 'diff main feature')).toContain('M configs/small.yaml');
    expect(await changes(repository, 'diff main feature')).not.toContain('M configs/xl.yaml');
    const { out } = await runCli(repository.path, 'diff main feature');
    expect(out).toMatch(/^Compared: main \(\w{7}\) → feature \(\w{7}\), which left it at \w{7}\n/);
  });

  test('has new, deleted, renamed and uncommitted configs, and leaves out ignored ones', async () => {
    const repository = sampleRepository({ '.gitignore': 'scratch/\n' });
    repository.git('mv', 'configs/large.yaml', 'configs/production.yaml');
    repository.remove('configs/xl.yaml');
    repository.write({ 'configs/nano.yaml': sampleConfig('tiny.yaml'), 'scratch/x.yaml': sampleConfig('xl.yaml') });
    expect(await changes(repository, 'diff')).toEqual([
      'A configs/nano.yaml',
      'D configs/xl.yaml',
      'R configs/production.yaml',
    ]);
  });

  test('is the same from a folder below the root', async () => {
    const repository = sampleRepository();
    repository.write({ 'configs/large.yaml': largeMovedToXl() });
    const above = await runCli(repository.path, 'diff');
    expect((await runCli(`${repository.path}/configs`, 'diff')).out).toBe(above.out);
  });

  test('by a commit is named once', async () => {
    const repository = sampleRepository();
    const commit = repository.git('rev-parse', 'HEAD').trim();
    const { out } = await runCli(repository.path, `diff ${commit}`);
    expect(out).toMatch(new RegExp(`^Compared: ${commit.slice(0, 7)} → the working tree\n`));
  });
});

describe('a diff ends with', () => {
  test('0 where no config changed', async () => {
    const { out, status } = await runCli(sampleRepository().path, 'diff');
    expect(out).toContain('no training config changed');
    expect(status).toBe(0);
  });

  test('0 and no comment where none would be written', async () => {
    const { out, err, status } = await runCli(sampleRepository().path, 'diff --markdown');
    expect(out).toBe('');
    expect(err).toContain('there would be no comment');
    expect(status).toBe(0);
  });

  test('1 where a config cannot be read, with the others still reported', async () => {
    const repository = sampleRepository();
    repository.write({ 'configs/large.yaml': largeMovedToXl(), 'configs/small.yaml': 'scalegate: 1\nmodel: small\n' });
    const { out, status } = await runCli(repository.path, 'diff');
    expect(out).toContain('configs/small.yaml:2:');
    expect(out).toContain('Large → XL');
    expect(status).toBe(1);
  });
});

test('policy and plan are those of the base: a change cannot raise its own limit', async () => {
  const repository = sampleRepository();
  repository.write({
    'configs/large.yaml': largeMovedToXl(),
    '.github/scalegate.yml': 'scalegate_policy: 1\nrules: { scale-jump: off, plan-change: off }\n',
  });
  const { out, status } = await runCli(repository.path, 'diff');
  expect(out).toContain('Held against, at main: no policy, so the defaults; docs/model-scaling-estimates.md');
  expect(out).toContain('plan-change');
  expect(status).toBe(3);
});

test('another policy can be named, from the working directory: a draft is tried as it lies there', async () => {
  const repository = sampleRepository({ 'ops/strict.yml': 'scalegate_policy: 1\n' });
  repository.write({
    'configs/large.yaml': largeMovedToXl(),
    'ops/strict.yml': 'scalegate_policy: 1\nrules: { budget: { max_cost_usd: 1 } }\n',
  });
  const { out, status } = await runCli(`${repository.path}/ops`, 'diff --policy strict.yml');
  expect(out).toContain('Held against, at main: ops/strict.yml as it lies here; docs/model-scaling-estimates.md');
  expect(out).not.toContain('plan-change');
  expect(status).toBe(1);
  expect((await runCli(repository.path, 'diff --policy gone.yml')).err).toContain(
    '--policy: there is no file gone.yml',
  );
});

describe('a repository without a working tree, or without its history,', () => {
  test('is compared by its commits where it is bare', async () => {
    const { origin, clone } = cloneOf('--bare');
    const { out, status } = await runCli(clone, 'diff main feature');
    expect(out).toMatch(/^Compared: main \(\w{7}\) → feature \(\w{7}\), which left it at \w{7}\n/);
    expect(out).toContain('Large → XL');
    expect(status).toBe(3);
    expect((await runCli(origin, 'diff main feature')).out).toBe(out);
    expect((await runCli(clone, 'diff feature')).out).toContain('→ HEAD (');
  });

  test('is compared with the base as it is now where a shallow clone has cut off what they grew from, and says so', async () => {
    const { clone } = cloneOf('--depth=1', '--no-single-branch');
    const { out, status } = await runCli(clone, 'diff origin/main origin/feature');
    expect(out).toContain('this clone is shallow, so that what origin/main has changed since counts as well');
    expect(out).toContain('git fetch --unshallow');
    expect(out).toContain('Large → XL');
    expect(status).toBe(3);
  });

  function cloneOf(...options: readonly string[]): { origin: string; clone: string } {
    const origin = sampleRepository();
    origin.git('switch', '--quiet', '--create', 'feature');
    origin.commit({ 'configs/large.yaml': largeMovedToXl() });
    origin.git('switch', '--quiet', 'main');
    origin.commit({ 'readme.md': 'x' });
    const clone = new ScratchFolder();
    clone.git('clone', '--quiet', ...options, `file://${origin.path}`, 'clone');
    return { origin: origin.path, clone: `${clone.path}/clone` };
  }
});

describe('a diff that git cannot make fails, and never passes:', () => {
  test('histories that have nothing in common', async () => {
    const repository = sampleRepository();
    repository.git('switch', '--quiet', '--orphan', 'other');
    repository.commit({ 'configs/large.yaml': largeMovedToXl() });
    const { out, err, status } = await runCli(repository.path, 'diff main other');
    expect(err).toContain('main and other have no common ancestor');
    expect([out, status]).toEqual(['', 2]);
  });

  test('no branch that could be the base', async () => {
    const repository = sampleRepository();
    repository.git('branch', '--move', 'trunk');
    const { out, err, status } = await runCli(repository.path, 'diff');
    expect(err).toContain('name the base: scalegate diff BASE');
    expect([out, status]).toEqual(['', 2]);
  });

  test('objects that are missing', async () => {
    const repository = sampleRepository();
    repository.write({ 'configs/large.yaml': largeMovedToXl() });
    const tree = repository.git('rev-parse', 'HEAD:configs').trim();
    repository.remove(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`);
    const { out, err, status } = await runCli(repository.path, 'diff');
    expect(err).toMatch(/^scalegate: git /);
    expect([out, status]).toEqual(['', 2]);
  });
});

test('under a policy that enforces nothing the diff says what would be, and exits as a pass', async () => {
  const repository = sampleRepository({ '.github/scalegate.yml': 'scalegate_policy: 1\nenforce: false\n' });
  repository.write({ 'configs/large.yaml': largeMovedToXl() });
  const { out, status } = await runCli(repository.path, 'diff');
  expect(out).toContain('scalegate blocks nothing, and would wait for 1 approval: Large → XL');
  expect(out).toContain('.github/scalegate.yml says enforce: false');
  expect(status).toBe(0);
});
