import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { sampleRepository, ScratchFolder, scratchRepository } from './scratch-folder.ts';

const checkout = resolve(import.meta.dirname, '../..');
const tiny = sampleConfig('tiny.yaml');

/** Paths and figures of the table's rows. */
function rowsOf(out: string): string[] {
  return out
    .split('\n\n')[0]!
    .split('\n')
    .slice(1)
    .map((row) => row.split(/ {2,}/)[0]!);
}

/** Objects that were printed, one a line. */
function objectsOf(out: string): { run: { path: string }; plan: unknown; problems: unknown[] }[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as ReturnType<typeof objectsOf>[number]);
}

describe('estimate', () => {
  test('says of a list price of half a year that it is old', async () => {
    const folder = new ScratchFolder({ 'run.yaml': tiny });
    const old = 'more than 180 days old: look it up again';
    expect((await runCli(folder.path, 'estimate run.yaml', { today: '2026-08-01' })).out).not.toContain(old);
    expect((await runCli(folder.path, 'estimate run.yaml', { today: '2027-06-01' })).out).toContain(old);
  });

  test('shows a single file in full', async () => {
    const { session } = await runCli(checkout, 'estimate examples/configs/large.yaml');
    await expect(session).toMatchFileSnapshot('goldens/estimate-file.txt');
  });

  test('shows a folder as a table with a closing count', async () => {
    const { session } = await runCli(sampleRepository().path, 'estimate configs');
    await expect(session).toMatchFileSnapshot('goldens/estimate-folder.txt');
  });

  test('shows a folder with a single config as a table, too', async () => {
    const { path } = scratchRepository({ 'configs/tiny.yaml': tiny });
    expect((await runCli(path, 'estimate configs')).out).toContain('1 config estimated.\n');
  });

  test('shows several files in the order in which they were named, each once', async () => {
    const { path } = sampleRepository();
    const { out } = await runCli(path, 'estimate configs/xl.yaml configs/tiny.yaml configs/xl.yaml');
    expect(rowsOf(out)).toEqual(['configs/xl.yaml', 'configs/tiny.yaml']);
  });

  test('counts what could not be read, estimates the rest, and ends with status 2', async () => {
    const { path } = sampleRepository({ 'configs/broken.yaml': 'scalegate: [' });
    const { status, out, err } = await runCli(path, 'estimate configs');
    expect(out).toContain('5 configs estimated, 1 could not be read.\n');
    expect(err).toMatch(/^error {2}configs\/broken\.yaml:1:\d+ {2}/);
    expect(status).toBe(2);
  });

  test('prints one JSON object a line for several files, unreadable ones with their problems', async () => {
    const { path } = sampleRepository({ 'configs/broken.yaml': 'scalegate: [' });
    const { status, out, err } = await runCli(path, 'estimate configs/tiny.yaml configs/broken.yaml nope.yaml --json');
    const objects = objectsOf(out);
    expect(objects.map(({ run }) => run.path)).toEqual(['configs/tiny.yaml', 'configs/broken.yaml', 'nope.yaml']);
    expect(objects.map(({ problems }) => problems.length)).toEqual([0, 1, 1]);
    expect(err).toBe('');
    expect(status).toBe(2);
  });

  test('gives people paths that open from where they are, and tools the paths of the repository', async () => {
    const { path } = sampleRepository({ 'configs/broken.yaml': 'scalegate: [' });
    const below = join(path, 'configs');
    expect((await runCli(below, 'estimate tiny.yaml')).out).toMatch(/^tiny\.yaml /);
    expect((await runCli(below, 'estimate broken.yaml')).err).toContain(' broken.yaml:1:');
    expect(objectsOf((await runCli(below, 'estimate tiny.yaml --json')).out)[0]!.run.path).toBe('configs/tiny.yaml');
  });

  test('holds each file against the plan of its own repository', async () => {
    const [planned, unplanned] = [sampleRepository(), scratchRepository({ 'tiny.yaml': tiny })];
    const files = [join(planned.path, 'configs/tiny.yaml'), join(unplanned.path, 'tiny.yaml')];
    const { out } = await runCli('/', `estimate ${files.join(' ')} --json`);
    expect(objectsOf(out).map(({ plan }) => plan)).toEqual([expect.objectContaining({ scale: 'Tiny' }), null]);
  });

  test('outside of a repository finds the plan in the working directory', async () => {
    const { path } = new ScratchFolder({ 'configs/tiny.yaml': tiny, 'docs/scaling-plan.md': planOf('Tiny') });
    expect(objectsOf((await runCli(path, 'estimate configs/tiny.yaml --json')).out)[0]!.plan).not.toBeNull();
    expect(objectsOf((await runCli('/', `estimate ${path}/configs/tiny.yaml --json`)).out)[0]!.plan).toBeNull();
  });

  test('takes another policy and another plan by name', async () => {
    const { path } = scratchRepository({
      'tiny.yaml': tiny.replace(/hardware:[^]*/, ''),
      'ops/policy.yml': 'scalegate_policy: 1\nassumptions:\n  - files: ["**"]\n    hardware: { gpu: H100, count: 8 }\n',
      'ops/plan.md': planOf('Mini'),
    });
    const { out } = await runCli(join(path, 'ops'), 'estimate ../tiny.yaml --policy policy.yml --plan plan.md');
    expect(out).toMatch(/Scale +Mini\n/);
    expect(out).toContain("the run's GPU, H100");
  });
});

describe('the files of a folder', () => {
  test('are those that git knows or would know, not what it ignores', async () => {
    const repository = scratchRepository({ '.gitignore': 'outputs/\n', 'a.yaml': tiny });
    repository.write({ 'new.yaml': tiny, 'outputs/copy.yaml': tiny });
    expect(rowsOf((await runCli(repository.path, 'estimate .')).out)).toEqual(['a.yaml', 'new.yaml']);
  });

  test('are all of them where the folder that git ignores is named itself', async () => {
    const repository = scratchRepository({ '.gitignore': 'outputs/\n', 'a.yaml': tiny });
    repository.write({ 'outputs/copy.yaml': tiny });
    expect(rowsOf((await runCli(repository.path, 'estimate outputs')).out)).toEqual(['outputs/copy.yaml']);
    expect((await runCli(repository.path, 'estimate outputs/copy.yaml')).status).toBe(0);
  });

  test('are those that read as configs, unless the policy lists what are configs', async () => {
    const repository = scratchRepository({ 'configs/a.yaml': tiny, 'configs/logging.yaml': 'level: info\n' });
    expect((await runCli(repository.path, 'estimate .')).status).toBe(0);
    repository.write({ '.github/scalegate.yml': 'scalegate_policy: 1\nconfigs: ["configs/**"]\n' });
    const { status, err } = await runCli(repository.path, 'estimate .');
    expect(err).toContain('configs/logging.yaml:1:1');
    expect(status).toBe(2);
  });

  test('outside of a repository leave out what others installed', async () => {
    const { path } = new ScratchFolder({ 'a/tiny.yaml': tiny, 'node_modules/x/tiny.yaml': tiny, '.venv/b.yaml': tiny });
    expect(rowsOf((await runCli(path, 'estimate .')).out)).toEqual(['a/tiny.yaml']);
  });
});

describe('links', () => {
  test('to a file are followed when they are named, and counted once in a folder', async () => {
    const { path } = scratchRepository({ 'tiny.yaml': tiny });
    symlinkSync('tiny.yaml', join(path, 'current.yaml'));
    expect((await runCli(path, 'estimate current.yaml')).out).toMatch(/^current\.yaml /);
    expect(rowsOf((await runCli(path, 'estimate .')).out)).toEqual(['tiny.yaml']);
  });

  test('to a folder lead to the repository that it is in', async () => {
    const repository = sampleRepository();
    const elsewhere = new ScratchFolder();
    symlinkSync(join(repository.path, 'configs'), join(elsewhere.path, 'link'));
    const { out } = await runCli(elsewhere.path, 'estimate link/tiny.yaml --json');
    expect(objectsOf(out)[0]!.run.path).toBe('configs/tiny.yaml');
  });
});

test('a nested repository counts as itself, not as part of the one around it', async () => {
  const outer = sampleRepository();
  mkdirSync(join(outer.path, 'inner/.git'), { recursive: true });
  outer.write({ 'inner/tiny.yaml': tiny });
  expect(objectsOf((await runCli(outer.path, 'estimate inner/tiny.yaml --json')).out)[0]!.plan).toBeNull();
});

test('a narrow terminal gets short lines instead of a table', async () => {
  const { out } = await runCli(sampleRepository().path, 'estimate configs', { width: 60 });
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60);
});

test('color goes where it is shown and nowhere else', async () => {
  const { path } = sampleRepository();
  expect((await runCli(path, 'estimate configs', { colour: true })).out).toContain('\u001b[');
  expect((await runCli(path, 'estimate configs')).out).not.toContain('\u001b');
});

function planOf(scale: string): string {
  return `# Plan\n\n| Scale | Params |\n| --- | --- |\n| ${scale} | 10M |\n`;
}
