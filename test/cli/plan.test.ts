import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';
import { sampleConfig } from '../support/sample-repository.ts';
import { sampleRepository, ScratchFolder, scratchRepository } from './scratch-folder.ts';

const checkout = resolve(import.meta.dirname, '../..');
const soundPlan = `# Plan

| Scale | Params | Training Samples | GPU Hours (A100) |
| ----- | ------ | ---------------- | ---------------- |
| Tiny  | 10M    | 1M               | 20               |
| Small | 20M    | 2M               | 60               |

- Sequence length: 1024
- Hardware: A100-80GB
`;

describe('plan lint', () => {
  test('shows what the reference plan gets wrong, with the arithmetic, and fails', async () => {
    const { session } = await runCli(checkout, 'plan lint examples/model-scaling-estimates.md');
    await expect(session).toMatchFileSnapshot('goldens/plan-lint.txt');
  });

  test('passes a plan without an error', async () => {
    const { path } = new ScratchFolder({ 'plan.md': soundPlan });
    const { out, status } = await runCli(path, 'plan lint plan.md');
    expect(out).toContain('plan.md: 0 errors,');
    expect(status).toBe(0);
  });

  test('prints its remarks as JSON', async () => {
    const { out, status } = await runCli(checkout, 'plan lint examples/model-scaling-estimates.md --json');
    const { remarks, ...rest } = JSON.parse(out) as { remarks: { rule: string; level: string }[] };
    expect(rest).toEqual({
      schema_version: 1,
      plan: 'examples/model-scaling-estimates.md',
      gpu: 'A100-SXM4-80GB',
      problems: [],
    });
    expect(remarks[0]).toMatchObject({ rule: 'share-of-peak', level: 'error', place: { line: 21 } });
    expect(status).toBe(1);
  });

  test("finds the repository's plan, and names it as seen from where one is", async () => {
    const { path } = sampleRepository();
    const { out } = await runCli(join(path, 'configs'), 'plan lint');
    expect(out).toContain('../docs/model-scaling-estimates.md:21:44');
  });

  test('finds the plan that the policy names, and says when it is not there', async () => {
    const { path } = sampleRepository({ '.github/scalegate.yml': 'scalegate_policy: 1\nplan: gone.md\n' });
    const { err, status } = await runCli(path, 'plan lint');
    expect(err).toBe('scalegate: gone.md does not exist\n');
    expect(status).toBe(2);
  });
});

describe('plan lint --fix', () => {
  test('prints a diff of the reference plan and leaves it as it is', async () => {
    const { session } = await runCli(checkout, 'plan lint --fix examples/model-scaling-estimates.md');
    await expect(session).toMatchFileSnapshot('goldens/plan-lint-fix.txt');
  });

  test('writes what git would apply, and a second time there is nothing to do', async () => {
    const reference = readFileSync(join(checkout, 'examples/model-scaling-estimates.md'), 'utf8');
    const repository = scratchRepository({ 'plan.md': reference });
    const { out } = await runCli(repository.path, 'plan lint --fix plan.md');
    repository.write({ 'fix.diff': out });
    repository.git('apply', 'fix.diff');
    const applied = repository.read('plan.md');
    repository.write({ 'plan.md': reference });
    const written = await runCli(repository.path, 'plan lint --fix --write plan.md');
    expect(written.err).toContain('Wrote 14 figures to plan.md.');
    expect(repository.read('plan.md')).toBe(applied);
    const again = await runCli(repository.path, 'plan lint --fix plan.md');
    expect(again.err).toBe('plan.md has no figure that plan lint could put right.\n');
    expect(again.out).toBe('');
  });

  test('a plan without a mistake passes, and --write alone is none of its ways', async () => {
    const { path } = new ScratchFolder({ 'plan.md': soundPlan });
    expect(await runCli(path, 'plan lint --fix --write plan.md')).toMatchObject({ status: 0, out: '' });
    const { err, status } = await runCli(path, 'plan lint --write plan.md');
    expect([err, status]).toEqual(['scalegate: --write changes what --fix finds: give both\n', 2]);
  });
});

describe('plan show', () => {
  test('prints the reference plan as it is read', async () => {
    const { session } = await runCli(checkout, 'plan show examples/model-scaling-estimates.md');
    await expect(session).toMatchFileSnapshot('goldens/plan-show.txt');
  });

  test('prints rows, total and problems as JSON', async () => {
    const { out } = await runCli(checkout, 'plan show examples/model-scaling-estimates.md --json');
    const plan = JSON.parse(out) as { rows: unknown[]; is_plan: boolean; total: unknown; facts: unknown };
    expect(plan).toMatchObject({ is_plan: true, total: null, problems: [], gpu: 'A100-SXM4-80GB' });
    expect(plan.rows[3]).toMatchObject({
      name: 'Large',
      kind: 'scale',
      line: 21,
      parameters: 1e9,
      samples: 1e8,
      gpu: 'A100',
      gpu_hours: { low: 1000, high: 1000 },
      cost: { low: 10_000, high: 10_000, currency: 'USD' },
      memory_gib: 48,
      usd_per_million_tokens: 0.1,
      evidence: null,
    });
    expect(plan.facts).toMatchObject({ 'hardware.gpu': { value: 'NVIDIA A100 80GB' } });
    expect(out).not.toMatch(/"[a-z]+[A-Z]\w*":/);
  });

  test('says of a document that is none what its tables lack', async () => {
    const zoo = '# Models\n\n| Model | Params | VRAM |\n|-|-|-|\n| tiny | 40M | 1 GB |\n| base | 80M | 2 GB |\n';
    const { path } = new ScratchFolder({ 'zoo.md': zoo });
    const { out, status } = await runCli(path, 'plan show zoo.md --json');
    expect(JSON.parse(out)).toMatchObject({ is_plan: false, rows: [], total: null, problems: [{ code: 'no-plan' }] });
    expect(out).toContain('the table in line 3');
    expect(out).toContain('has no GPU-hours, time, cost, tokens, samples or steps');
    expect(status).toBe(2);
  });
});

describe('plan init', () => {
  test('writes a plan of the configs that reads without a problem, and not a second one', async () => {
    const repository = scratchRepository({ 'tiny.yaml': sampleConfig('tiny.yaml') });
    expect((await runCli(repository.path, 'plan init')).out).toContain('Wrote docs/scaling-plan.md with 1 config.');
    expect(repository.read('docs/scaling-plan.md')).toContain('Every figure is an estimate');
    expect(await runCli(repository.path, 'plan show')).toMatchObject({ err: '', status: 0 });
    expect((await runCli(repository.path, 'plan init')).out).toContain('is the plan, and stays as it is');
  });
});

test('plan status says what is done and what is next', async () => {
  const evidence =
    '\n| Scale | Run | Date | Measured GPU hours |\n|-|-|-|-|\n| Tiny | https://x.test/1 | 2026-10-03 | 25 |\n';
  const { path } = new ScratchFolder({ 'plan.md': `${soundPlan}${evidence}` });
  const { out, status } = await runCli(path, 'plan status plan.md');
  expect(out).toMatch(/Tiny +exceeded +2026-10-03; GPU-hours 25, 25% over the plan/);
  expect(out).toContain('Next: Small, the smallest scale without a finished run.');
  expect(status).toBe(0);
});

describe('plan propose', () => {
  test('shows the way from Tiny to XL', async () => {
    const line = 'plan propose --to examples/configs/xl.yaml --plan examples/model-scaling-estimates.md';
    const { session } = await runCli(checkout, line);
    await expect(session).toMatchFileSnapshot('goldens/plan-propose.txt');
  });

  test('prints the steps as JSON', async () => {
    const { out, status } = await runCli(checkout, 'plan propose --to examples/configs/large.yaml --json');
    const { ladder, ...rest } = JSON.parse(out) as { ladder: { steps: unknown[] } };
    expect(rest).toMatchObject({ schema_version: 1, to: 'examples/configs/large.yaml', reason: null, problems: [] });
    expect(ladder).toMatchObject({ from: { scale: 'Tiny', evidence: null }, largest_step: { factor: 2 } });
    expect(ladder.steps.at(-1)).toMatchObject({
      scale: 'Large',
      model: { hidden_size: 2048, num_layers: 20 },
      gpu_count: 64,
      fits: true,
    });
    expect(status).toBe(0);
  });

  test('names a file that does not exist, and asks for a plan where there is none', async () => {
    const typo = await runCli(checkout, 'plan propose --to examples/configs/xll.yaml');
    expect(typo).toMatchObject({ status: 2, out: '' });
    expect(typo.err).toContain('examples/configs/xll.yaml:1:1');
    const { path } = new ScratchFolder({ 'tiny.yaml': sampleConfig('tiny.yaml') });
    const { err, status } = await runCli(path, 'plan propose --to tiny.yaml');
    expect(err).toBe('scalegate: no plan was found; name it with --plan, or set "plan" in .github/scalegate.yml\n');
    expect(status).toBe(2);
  });

  test('fails where no way can be proposed', async () => {
    const { path } = new ScratchFolder({
      'tiny.yaml': sampleConfig('tiny.yaml'),
      'plan.md': '| Stage | GPU-h |\n|-|-|\n| SFT | 4 |\n',
    });
    const { out, status } = await runCli(path, 'plan propose --to tiny.yaml --plan plan.md');
    expect(out).toContain('No way up can be proposed to tiny.yaml: plan.md has no scale with parameters');
    expect(status).toBe(1);
  });
});

test('a run beyond what is left of the total waits, says so in the first line, and the comment has where the plan stands', async () => {
  const plan = `# Plan

| Scale | Params | GPU-hours | Cost |
| ----- | ------ | --------- | ---- |
| Tiny  | 10M    | 10        | $20  |
| Small | 120M   | 60        | $120 |
| Total |        | 70        | $140 |

| Scale | Run              | Date       | Measured GPU hours |
| ----- | ---------------- | ---------- | ------------------ |
| Tiny  | https://x.test/1 | 2026-10-03 | 69                 |
`;
  const repository = scratchRepository({ 'docs/scaling-plan.md': plan });
  repository.write({ 'configs/small.yaml': sampleConfig('small.yaml') });
  const { out: markdown, status } = await runCli(repository.path, 'diff --markdown');
  const out = markdown.replaceAll('&#36;', '$');
  expect(out.split('\n')[1]).toMatch(
    /waiting for 1 approval: the pull request's run takes \$[\d.]+ and [\d.]+ GPU-h, and \$2\.00 and 1 GPU-h of the plan's total are left/,
  );
  expect(out).toContain(
    '<summary>The plan: 1 of 2 rows have a finished run, <code>Small</code> is next, 1 GPU-h of 70 GPU-h are left, $2.00 of $140 are left</summary>',
  );
  expect(out).toContain('| Tiny | exceeded | 2026-10-03; GPU-hours 69, 590% over the plan |');
  expect(out).toContain('| **Small** | planned |  |');
  expect(status).toBe(3);
});
