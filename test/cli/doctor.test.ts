import { expect, test } from 'vitest';
import { workflowTemplate } from '../../src/cli/templates/workflow.ts';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { sampleRepository, ScratchFolder, scratchRepository } from './scratch-folder.ts';

const workflow = '.github/workflows/scalegate.yml';
const policy = '.github/scalegate.yml';

test('a repository that is set up well has nothing to mend', async () => {
  const repository = scratchRepository({
    [policy]: 'scalegate_policy: 1\n',
    [workflow]: workflowTemplate,
    'configs/tiny.yaml': sampleConfig('tiny.yaml'),
  });
  const { out, status } = await runCli(repository.path, 'doctor');
  expect(out).toBe('Nothing stands in the way.\n');
  expect(status).toBe(0);
});

test('what is wrong is named at its place, with what to do', async () => {
  const repository = sampleRepository({
    [policy]:
      "scalegate_policy: 1\nconfigs: ['configs/large.yaml', 'gone/**']\napprovers: { users: [ada], count: 2 }\n",
    [workflow]: workflowTemplate.replace('types: [opened, synchronize, reopened, edited]', "paths: ['configs/**']"),
  });
  const { session, status } = await runCli(repository.path, 'doctor');
  await expect(session).toMatchFileSnapshot('goldens/doctor.txt');
  expect(status).toBe(1);
});

test('without policy and workflow it says so, and that is nothing to mend', async () => {
  const { out, status } = await runCli(scratchRepository({ 'README.md': 'Hello.\n' }).path, 'doctor');
  expect(out).toContain('There is no policy');
  expect(out).toContain('No workflow runs the Action');
  expect(status).toBe(0);
});

test('a policy that cannot be read is told as everywhere', async () => {
  const { err, status } = await runCli(
    scratchRepository({ [policy]: 'scalegate_policy: 1\nruels: {}\n' }).path,
    'doctor',
  );
  expect(err).toContain('Did you mean "rules"?');
  expect(status).toBe(2);
});

test('outside of a repository it says so', async () => {
  const { err, status } = await runCli(new ScratchFolder().path, 'doctor');
  expect(err).toContain('found none here');
  expect(status).toBe(2);
});
