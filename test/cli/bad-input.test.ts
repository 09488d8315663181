import { expect, test } from 'vitest';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli, runSession } from './run-cli.ts';
import { sampleRepository, ScratchFolder, scratchRepository } from './scratch-folder.ts';

const large = sampleConfig('large.yaml');

/** Configs with one mistake each. */
const badConfigs = {
  'typo-in-key.yaml': large.replace('hidden_size', 'hidden_sizes'),
  'typo-in-value.yaml': large.replace('bf16-mixed', 'bf17-mixed'),
  'wrong-type.yaml': large.replace('num_layers: 20', 'num_layers: twenty'),
  'negative.yaml': large.replace('num_layers: 20', 'num_layers: -20'),
  'absurd.yaml': large.replace('hidden_size: 2048', 'hidden_size: 1e30'),
  'several.yaml': large.replace('num_layers: 20', 'num_layers: 2.5').replace('full', 'fully').replace('64', 'many'),
  'unknown-gpu.yaml': large.replace('A100-80GB', 'A1000-80GB'),
  'unknown-dialect.yaml': 'trainer: ours\nlayers: 20\n',
  'newer.yaml': large.replace('scalegate: 1', 'scalegate: 2'),
  'empty.yaml': '',
  'binary.yaml': 'a\0b',
  'unclosed.yaml': large.replace('num_layers: 20', 'num_layers: "20'),
  'twice.yaml': large.replace('name: large', 'scalegate: 1'),
  'unclosed.json': '{ "scalegate": 1, "model": { "hidden_size": 12, }\n',
  'unclosed.toml': 'scalegate = 1\n[model\nhidden_size = 12\n',
  'too-large.yaml': `${large}# ${'x'.repeat(500_000)}\n`,
  'notes.txt': 'scalegate: 1\n',
};

test('a bad config is met with file, line, column, key, what was found and what was expected', async () => {
  const { path } = new ScratchFolder(badConfigs);
  const lines = [...Object.keys(badConfigs), 'missing.yaml'].map((file) => `estimate ${file}`);
  await expect(withoutFigures(await runSession(path, lines))).toMatchFileSnapshot('goldens/bad-configs.txt');
});

test.each(['estimate', 'fit', 'explain', 'max'])(
  '%s of a file that is not there names the one that may be meant',
  async (command) => {
    const { path } = new ScratchFolder({ 'configs/tiny.yaml': sampleConfig('tiny.yaml'), 'tinny.yaml': '' });
    const { err, status } = await runCli(path, `${command} configs/tiny.yml`);
    expect(err).toContain('this file does not exist. Did you mean "configs/tiny.yaml"?');
    expect(status).toBe(2);
  },
);

test('a bad policy or plan is met with file, line, column, key, what was found and what was expected', async () => {
  const table = '# Plan\n\n| Scale | Params | GPU Hours |\n| --- | --- | --- |\n';
  const { path } = new ScratchFolder({
    'tiny.yaml': sampleConfig('tiny.yaml'),
    'unknown-rule.yml': 'scalegate_policy: 1\nrules:\n  memory-limt: off\n',
    'bad-level.yml': 'scalegate_policy: 1\nrules:\n  scale-jump: wrning\n',
    'bad-options.yml': 'scalegate_policy: 1\nrules:\n  budget: { max_cost_usd: -5 }\nassumptions: everything\n',
    'no-plan.yml': 'scalegate_policy: 1\nplan: docs/gone.md\n',
    'unclosed.yml': 'scalegate_policy: 1\nconfigs: ["a\n',
    'broken.md': `${table}| Tiny | 10M | ~10 |\n| Small | many | ~100 |\n| Large | 1B | soon |\n`,
    'no-table.md': '# Plan\n\nWe will train something big.\n',
    'broken.yaml': 'scalegate_plan: 1\nscales:\n  - name: Tiny\n    parameters: lots\n',
  });
  const session = await runSession(path, [
    'estimate tiny.yaml --policy unknown-rule.yml',
    'estimate tiny.yaml --policy bad-level.yml',
    'estimate tiny.yaml --policy bad-options.yml',
    'estimate tiny.yaml --policy no-plan.yml',
    'estimate tiny.yaml --policy unclosed.yml',
    'estimate tiny.yaml --policy missing.yml',
    'estimate tiny.yaml --plan missing.md',
    'plan lint broken.md',
    'plan show broken.md',
    'plan lint no-table.md',
    'plan lint broken.yaml',
    'plan lint missing.md',
    'plan show .',
    'plan show',
  ]);
  await expect(withoutFigures(session)).toMatchFileSnapshot('goldens/bad-policy-or-plan.txt');
});

test('a wrong command line is met with what was meant', async () => {
  const session = await runSession('/', [
    '',
    'esitmate configs',
    'estimate',
    'estimate --jsno large.yaml',
    'estimate --policy',
    'diff --json --markdown',
    'diff main my-branch third',
    'plan',
    'plan lnit',
    'init --dryrun',
  ]);
  await expect(session).toMatchFileSnapshot('goldens/bad-usage.txt');
});

test('an empty repository is met with what is missing', async () => {
  const session = await runSession(scratchRepository().path, ['estimate .', 'diff', 'plan show', 'plan lint']);
  await expect(session).toMatchFileSnapshot('goldens/empty-repository.txt');
});

test('a revision that does not exist is met with the one that was probably meant', async () => {
  const repository = sampleRepository();
  repository.git('branch', 'feature');
  const session = await runSession(repository.path, [
    'diff featrue',
    'diff main nowhere',
    'diff -- --all',
    'diff main --policy ops/policy.yml',
  ]);
  await expect(session).toMatchFileSnapshot('goldens/bad-revision.txt');
});

test.each(['diff', 'init'])('%s outside of a repository says so', async (command) => {
  const { status, out, err } = await runCli(new ScratchFolder().path, command);
  expect(err).toMatch(/^scalegate: .* git repository, and found none here\n {2}because git /);
  expect(out).toBe('');
  expect(status).toBe(2);
});

test('a pipe or a device is not waited for', async () => {
  const { status, err } = await runCli('/', 'estimate /dev/zero');
  expect(err).toContain('is not a regular file');
  expect(status).toBe(2);
});

test('no control character of a file or of its name reaches the terminal', async () => {
  const folder = new ScratchFolder({
    'a\u001b[31mb\u009b.yaml': 'scalegate: "\u001b[31m\u202e"\n',
    'plan.md': '# \u001b[31mPlan\n\n| Scale | Params |\n| --- | --- |\n| Ti\u009bny | 10M |\n',
  });
  for (const line of [
    'estimate .',
    'estimate . --json',
    'plan show plan.md',
    'plan lint plan.md',
    'plan show plan.md --json',
  ]) {
    const { out, err } = await runCli(folder.path, line);
    expect((out + err).replaceAll('\n', ''), line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

/** What can be estimated in spite of a mistake is estimated; the message is what counts here. */
function withoutFigures(session: string): string {
  return session.replace(/(?<=\n {2}Parameters )[^]*?(?=\[exit status)/g, '…\n');
}
