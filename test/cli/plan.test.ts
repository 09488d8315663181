import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';
import { sampleRepository, ScratchFolder } from './scratch-folder.ts';

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

describe('plan show', () => {
  test('prints the reference plan as it is read', async () => {
    const { session } = await runCli(checkout, 'plan show examples/model-scaling-estimates.md');
    await expect(session).toMatchFileSnapshot('goldens/plan-show.txt');
  });

  test('prints every figure with its place as JSON, in snake_case', async () => {
    const { out } = await runCli(checkout, 'plan show examples/model-scaling-estimates.md --json');
    const { plan } = JSON.parse(out) as { plan: { scales: unknown[]; facts: unknown } };
    expect(plan.scales[3]).toMatchObject({
      name: 'Large',
      gpu_hours: { value: 1000, text: '~1000', place: { line: 21, column: 44 } },
      usd_per_million_tokens: { value: 0.1 },
    });
    expect(plan.facts).toMatchObject({ 'hardware.gpu': { value: 'NVIDIA A100 80GB' } });
    expect(out).not.toMatch(/"[a-z]+[A-Z]\w*":/);
  });
});
