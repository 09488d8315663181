import { describe, expect, test } from 'vitest';
import { sampleConfig, sampleFiles } from '../support/sample-repository.ts';
import { runCli, runSession } from './run-cli.ts';
import { ScratchFolder, scratchRepository } from './scratch-folder.ts';

const plan = 'docs/model-scaling-estimates.md';

/** Two teams with a policy each, and a budget for a pull request. */
function twoTeams(more: Readonly<Record<string, string>> = {}): ScratchFolder {
  return scratchRepository({
    [plan]: sampleFiles()[plan] ?? '',
    'vision/large.yaml': sampleConfig('large.yaml').replace(/hardware:[^]*$/, ''),
    'speech/medium.yaml': sampleConfig('medium.yaml'),
    '.github/scalegate.yml': `scalegate_policy: 1
plan: ${plan}
approvers: { teams: [acme/research-leads] }
prices:
  H200: { usd_per_gpu_hour: 3.20, provider: CoreWeave, terms: committed, date: 2026-09 }
rules:
  budget: { level: approval, max_cost_usd: 8000 }
  pull-request-budget: { max_cost_usd: 15000 }
policies:
  - files: ['vision/**']
    assumptions: { hardware: { gpu: H200, count: 16 } }
    rules: { budget: { max_cost_usd: 20000 } }
    approvers: { teams: [acme/vision-leads] }
  - files: ['speech/**']
    rules: { pull-request-budget: { max_cost_usd: 1000 } }
    approvers: { users: [sam] }
`,
    ...more,
  });
}

const draft = `scalegate_policy: 1
plan: { path: ${plan}, rows: { Huge: ['speech/**'] } }
configs: ['vision/**', 'speech/**', 'nlp/**']
ignore: ['old/**']
approvers: { users: [ann], count: 2 }
prices: { H2000: 3, H200: 3.2, H200-SXM: 3 }
assumptions:
  - files: ['vision/**']
    hardware: { gpu: A100-80GB }
policies:
  - files: ['vision/**']
    assumptions: { hardware: { gpu: H200, count: 16 } }
    approvers: { codeowners: true }
  - files: ['speech/*.yml', 'docs/**']
    rules: { memory-limit: { limit_gib: 10 } }
`;

describe('policy', () => {
  test('lint tells mistakes at their line and column, and what can not be meant', async () => {
    const broken = draft.replace('limit_gib', 'limit_gb').replace('users: [ann]', 'users: ann');
    const repository = twoTeams({ 'draft.yml': draft, 'broken.yml': broken });
    const lines = ['policy lint', 'policy lint draft.yml', 'policy lint broken.yml'];
    await expect(await runSession(repository.path, lines)).toMatchFileSnapshot('goldens/policy-lint.txt');
  });

  test('test shows what applies to configs, and their verdict as new ones', async () => {
    const lines = [
      'policy test vision/large.yaml speech/medium.yaml',
      'policy test speech/medium.yaml --policy lax.yml',
    ];
    const lax = 'scalegate_policy: 1\nrules: { scale-jump: off, previous-scale-validated: off, start-small: off }\n';
    const repository = twoTeams({ 'lax.yml': lax });
    await expect(await runSession(repository.path, lines)).toMatchFileSnapshot('goldens/policy-test.txt');
  });

  test.each([
    ['policy lint', 'no policy was found; name its file, or write one with `scalegate init`'],
    ['policy lint gone.yml', 'gone.yml does not exist'],
    ['policy test .', '. is a folder; name one config'],
    ['policy test readme.md', 'readme.md'],
  ])('%s says what is wrong', async (line, message) => {
    const { err, status } = await runCli(scratchRepository({ 'readme.md': 'Hello.\n' }).path, line);
    expect(err).toContain(message);
    expect(status).toBe(2);
  });
});

test('a comment where policies for files and a budget of the pull request apply', async () => {
  const repository = twoTeams();
  repository.write({
    'vision/large.yaml': sampleConfig('xl.yaml').replace(/hardware:[^]*$/, ''),
    'speech/medium.yaml': sampleConfig('medium.yaml').replace('samples: 50M', 'samples: 60M'),
  });
  const { out, status } = await runCli(repository.path, 'diff --markdown');
  await expect(out).toMatchFileSnapshot('goldens/two-teams.txt');
  expect(status).toBe(3);
});

describe('a change of policy and plan', () => {
  test('is told before → after, with the configs that would get another verdict', async () => {
    const repository = twoTeams();
    repository.write({
      [plan]: repository.read(plan).replace('~80 GB ', '~160 GB').replace('~$30000', '~$90000'),
      '.github/scalegate.yml': repository
        .read('.github/scalegate.yml')
        .replace('users: [sam]', 'users: [sam, eve]')
        .replace(
          'rules: { pull-request-budget: { max_cost_usd: 1000 } }',
          'rules: { scale-jump: off, previous-scale-validated: off, start-small: off, plan-deviation: off, pull-request-budget: off }',
        ),
    });
    const { out, status } = await runCli(repository.path, 'diff');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('policies[1].approvers.users: sam → sam, eve');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'Judged by it as if new, 1 of 2 existing runs would get another verdict: speech/medium.yaml waiting → pass.',
    );
    expect(out.replaceAll(/\s+/g, ' ')).toContain('XL: cost ~$30000 → ~$90000, memory ~80 GB → ~160 GB.');
    expect(status).toBe(3);
  });

  test('judges a recipe with the launcher that starts it, as a pull request would', async () => {
    const recipe =
      'model_name_or_path: mistralai/Mistral-7B-v0.1\nper_device_train_batch_size: 8\nmax_seq_length: 2048\ngradient_checkpointing: true\nbf16: true\nmax_steps: 100\npacking: true\noutput_dir: out\n';
    const policy = (limit: number) =>
      `scalegate_policy: 1\nassumptions:\n  - { files: ['**'], hardware: { gpu: A100-80GB } }\nrules: { memory-limit: { limit_gib: ${limit} } }\n`;
    const repository = scratchRepository({
      'recipes/sft.yaml': recipe,
      'acc/zero3.yaml':
        'distributed_type: DEEPSPEED\ndeepspeed_config: { zero_stage: 3 }\nmixed_precision: bf16\nnum_processes: 8\n',
      'launch.sh': 'accelerate launch --config_file acc/zero3.yaml train_sft.py recipes/sft.yaml\n',
      '.github/scalegate.yml': policy(80),
    });
    repository.write({ '.github/scalegate.yml': policy(10) });
    const { out } = await runCli(repository.path, 'diff');
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      '1 of 1 existing run would get another verdict: recipes/sft.yaml (started by launch.sh) pass → fail.',
    );
  });

  test('that breaks it fails at its line, and who mends a broken one is not held up by it', async () => {
    const repository = twoTeams();
    const policy = repository.read('.github/scalegate.yml');
    repository.write({ '.github/scalegate.yml': policy.replace('rules:', 'ruels:') });
    const { out, status } = await runCli(repository.path, 'diff');
    expect(out).toContain('error unreadable-policy  .github/scalegate.yml:6:1');
    expect(out).toContain('Did you mean "rules"?');
    expect(status).toBe(1);
    repository.commit();
    repository.write({ '.github/scalegate.yml': policy });
    expect((await runCli(repository.path, 'diff')).status).toBe(3);
    repository.write({ 'speech/medium.yaml': sampleConfig('medium.yaml').replace('samples: 50M', 'samples: 60M') });
    const blocked = (await runCli(repository.path, 'diff')).out.replaceAll(/\s+/g, ' ');
    expect(blocked).toContain('scalegate.yml of the base has a mistake on line 6');
    expect(blocked).toContain('Broken on the base branch: .github/scalegate.yml. Until it is mended');
  });
});
