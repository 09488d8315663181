import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { policyTemplate } from '../../src/cli/templates/policy.ts';
import { workflowTemplate } from '../../src/cli/templates/workflow.ts';
import { readPolicy } from '../../src/core/policy/read-policy.ts';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { sampleRepository, scratchRepository } from './scratch-folder.ts';

const policyPath = '.github/scalegate.yml';
const workflowPath = '.github/workflows/scalegate.yml';
const tiny = sampleConfig('tiny.yaml');
const plan =
  '# Sizes\n\n| Scale | Params | GPU-hours |\n| --- | --- | --- |\n| Mini | 10M | 5 |\n| Midi | 20M | 20 |\n';

/** What `policy` says is wrong with a text. */
function problemsOf(text: string): unknown {
  return readPolicy({ path: policyPath, text }).problems;
}

describe('init', () => {
  test('shows what it found, and writes a policy and a workflow', async () => {
    const repository = sampleRepository();
    const { session } = await runCli(repository.path, 'init');
    await expect(session).toMatchFileSnapshot('goldens/init.txt');
    await expect(repository.read(policyPath)).toMatchFileSnapshot('goldens/init-policy.txt');
    expect(repository.read(workflowPath)).toBe(workflowTemplate);
  });

  test('writes a policy under which the repository passes', async () => {
    const repository = sampleRepository();
    await runCli(repository.path, 'init');
    expect(problemsOf(repository.read(policyPath))).toEqual([]);
    repository.commit();
    expect(await runCli(repository.path, 'diff HEAD~1 HEAD~1')).toMatchObject({ status: 0 });
    expect(await runCli(repository.path, 'estimate .')).toMatchObject({ status: 0, err: '' });
  });

  test('never writes over a file, and may run again', async () => {
    const repository = sampleRepository({ [policyPath]: 'scalegate_policy: 1\n' });
    const first = await runCli(repository.path, 'init');
    expect(first.out).toContain(`${policyPath} exists and stays as it is.\nWrote ${workflowPath}.\n`);
    expect(repository.read(policyPath)).toBe('scalegate_policy: 1\n');
    const second = await runCli(repository.path, 'init');
    expect(second.out).toContain(`${workflowPath} exists and stays as it is.\n`);
    expect(second.status).toBe(0);
  });

  test('leaves a policy alone that is spelled .yaml', async () => {
    const repository = sampleRepository({ '.github/scalegate.yaml': 'scalegate_policy: 1\n' });
    await runCli(repository.path, 'init');
    expect(() => repository.read(policyPath)).toThrow('ENOENT');
  });

  test('prints the files and writes nothing on a dry run', async () => {
    const repository = sampleRepository();
    const { out } = await runCli(repository.path, 'init --dry-run');
    expect(out).toContain(`# ${policyPath}\n`);
    expect(out).toContain(workflowTemplate.trimEnd());
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  test('writes at the root of the repository wherever it runs', async () => {
    const repository = sampleRepository();
    await runCli(`${repository.path}/configs`, 'init');
    expect(repository.read(policyPath)).toContain('plan: docs/model-scaling-estimates.md');
  });

  test('takes a document named for it, and says of one in an unusual place that it may be the plan', async () => {
    const named = scratchRepository({ 'team/training-plan.md': plan, 'a.yaml': tiny });
    expect((await runCli(named.path, 'init')).out).toContain('Scaling plan: team/training-plan.md.');
    const elsewhere = scratchRepository({ 'README.md': plan, 'team/notes/sizes.md': plan, 'a.yaml': tiny });
    const { out } = await runCli(elsewhere.path, 'init');
    expect(out).toContain('No scaling plan is taken. These have tables like one: README.md, team/notes/sizes.md.');
    expect(elsewhere.read(policyPath)).not.toContain('plan: README');
    const asked = scratchRepository({ 'team/notes/sizes.md': plan, 'a.yaml': tiny });
    await runCli(asked.path, 'init --plan team/notes/sizes.md');
    expect(asked.read(policyPath)).toContain('plan: team/notes/sizes.md\n');
  });

  test('takes no table of models for a plan', async () => {
    const zoo = '# Supported models\n\n| Model | Model size | Template |\n|-|-|-|\n| a | 7B | x |\n| b | 70B | y |\n';
    const repository = scratchRepository({ 'README.md': zoo, 'docs/models.md': zoo, 'a.yaml': tiny });
    const { out } = await runCli(repository.path, 'init');
    expect(out).toContain('No scaling plan was found.');
  });

  test('says what is missing in an empty repository, and sets it up all the same', async () => {
    const repository = scratchRepository();
    const { out, status } = await runCli(repository.path, 'init');
    expect(out).toContain('No training config was found.\nNo scaling plan was found.');
    expect(problemsOf(repository.read(policyPath))).toEqual([]);
    expect(status).toBe(0);
  });

  test('shows configs that cannot be read, with the reason', async () => {
    const repository = sampleRepository({ 'configs/broken.yaml': 'scalegate: 1\nmodel: big\n' });
    const { out, err } = await runCli(repository.path, 'init');
    expect(out).toContain('could not be read');
    expect(err).toMatch(/^error {2}configs\/broken\.yaml:2:/);
  });
});

test('the settings that the policy suggests are valid once they are uncommented', () => {
  const text = policyTemplate(['configs/a.yaml', 'configs/deep/b.yaml', 'c.yaml'], ['docs/plan.md']);
  const uncommented = text.replace(/^# (?=(?:configs|assumptions|rules):| )/gm, '');
  expect(uncommented).toMatch(/^configs: \["configs\/\*\*"\]$/m);
  expect(uncommented).toMatch(/^ {2}budget: /m);
  expect(problemsOf(uncommented)).toEqual([]);
});

test('no file name writes a setting into the policy', () => {
  const text = policyTemplate(['x\nrules: { memory-limit: off }/a.yaml'], ['docs/x\nignore: ["**"]\n.md']);
  const { policy } = readPolicy({ path: policyPath, text });
  expect(policy).toMatchObject({
    ignore: [],
    rules: readPolicy({ path: policyPath, text: 'scalegate_policy: 1' }).policy.rules,
  });
});

test('the workflow is the one that docs/action.md shows', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/action.md'), 'utf8');
  expect(page).toContain(`\`\`\`yaml\n# ${workflowPath}\n${workflowTemplate}\`\`\`\n`);
});
