import { expect, test } from 'vitest';
import { workflowTemplate } from '../../src/cli/templates/workflow.ts';
import { withGitHub } from '../support/with-github.ts';
import { runCli } from './run-cli.ts';
import { scratchRepository, type ScratchFolder } from './scratch-folder.ts';

const github = withGitHub();
const policy = '.github/scalegate.yml';

/** A checkout of `acme/training`, whose job in the workflow is called scalegate. */
function checkout(text = 'scalegate_policy: 1\n', workflow = workflowTemplate): ScratchFolder {
  const repository = scratchRepository({ [policy]: text, '.github/workflows/scalegate.yml': workflow });
  repository.git('remote', 'add', 'origin', 'git@github.com:acme/training.git');
  return repository;
}

function doctor({ path }: ScratchFolder, token = github.local.tokenFor({ login: 'ada', permissions })) {
  return runCli(path, 'doctor --github', { env: { GITHUB_API_URL: github.local.url, GH_TOKEN: token } });
}

const permissions = { contents: 'read', members: 'read' } as const;

test('a branch that requires the check from its App has nothing to mend', async () => {
  const repository = await github.repository();
  const app = github.local.createApp({ slug: 'scalegate', permissions: { checks: 'write' }, events: [] });
  repository.protect({ checks: [{ name: 'scalegate', source: app }] });
  const { out, status } = await doctor(checkout());
  expect(out).toBe('Nothing stands in the way.\n');
  expect(status).toBe(0);
});

test('a branch that requires nothing is told, and it is to mend', async () => {
  await github.repository();
  const { out, status } = await doctor(checkout());
  expect(out).toContain('error not-required');
  expect(status).toBe(1);
});

test('a required check that anybody may report, and a merge queue that no workflow hears', async () => {
  const repository = await github.repository();
  repository.protect({ checks: [{ name: 'scalegate', source: null }], mergeQueue: true });
  const { out, status } = await doctor(checkout(undefined, workflowTemplate.replace(/\n {2}merge_group:.*/, '')));
  expect(out).toContain('warning any-source');
  expect(out).toContain('error merge-queue-unheard');
  expect(status).toBe(1);
});

test('approvers who can never approve: a team that is not there or empty, and a user without access', async () => {
  const repository = await github.repository();
  repository.protect({ checks: [{ name: 'scalegate', source: null }] });
  github.local.addTeam({ org: 'acme', slug: 'leads', members: ['ada'] });
  github.local.addTeam({ org: 'acme', slug: 'nobody', members: [], invited: ['bob'] });
  const slots = 'approvers: { teams: [acme/leads, acme/nobody, acme/gone], users: [stranger] }';
  const { out, status } = await doctor(checkout(`scalegate_policy: 1\n${slots}\n`));
  expect(out).not.toContain('acme/leads');
  expect(out).toContain('The team acme/nobody has no members');
  expect(out).toContain("The team acme/gone can't be seen");
  expect(out).toContain('stranger has no access to acme/training');
  expect(status).toBe(1);
});

test('without a token or a remote it says what it needs', async () => {
  const noToken = await runCli(checkout().path, 'doctor --github');
  expect(noToken.err).toContain('GH_TOKEN=$(gh auth token)');
  const noRemote = await runCli(scratchRepository({ [policy]: 'scalegate_policy: 1\n' }).path, 'doctor --github', {
    env: { GH_TOKEN: 'x' },
  });
  expect(noRemote.err).toContain('the remote origin, and there is none');
  expect([noToken.status, noRemote.status]).toEqual([2, 2]);
});

test('a token that GitHub refuses is said to be none', async () => {
  await github.repository();
  const { err, status } = await doctor(checkout(), 'wrong');
  expect(err).toContain('The token is not valid, or has expired.');
  expect(status).toBe(2);
});
