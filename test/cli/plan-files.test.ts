import { describe, expect, test } from 'vitest';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { scratchRepository, type ScratchFolder } from './scratch-folder.ts';

/** A ladder in Markdown, its budget in CSV, its finished runs in a file of their own. */
function aRepository(): ScratchFolder {
  return scratchRepository({
    '.github/scalegate.yml': 'scalegate_policy: 1\nplan: [docs/plan.md, docs/budget.csv, docs/runs.md]\n',
    'docs/plan.md':
      '# Way up\n\n| Scale | Params | Samples |\n|-|-|-|\n| Medium | 350M | 1M |\n| Large | 1B | 100M |\n\n- Hardware: A100-80GB\n- Sequence length: 2048\n',
    'docs/budget.csv': 'Scale,GPU-hours,Cost\nMedium,90,$180\nLarge,900,$1800\nTotal,990,$1980\n',
    'docs/runs.md': '# Finished runs\n\n| Scale | Run | Date |\n|-|-|-|\n| Medium | — | |\n',
    'configs/large.yaml': sampleConfig('large.yaml'),
    'metrics.csv': 'step,memory/max_reserved(GiB),throughput(tps)\n195312,17.5,13000\n195313,17.9,13100\n',
  });
}

describe('a plan of several files', () => {
  test('is shown as one, and its figures are held against each other', async () => {
    const { path } = aRepository();
    const shown = await runCli(path, 'plan show');
    expect(shown.out).toContain('Way up  docs/plan.md, docs/budget.csv, docs/runs.md');
    expect(shown.out).toMatch(/^Cost +\$180 +\$1,800$/m);
    expect(shown.status).toBe(0);
    const { out, status } = await runCli(path, 'plan lint');
    expect(out).toContain('error share-of-peak  docs/budget.csv:3:7');
    expect(status).toBe(1);
  });

  test('may be named on the command line', async () => {
    const { path } = aRepository();
    expect((await runCli(path, 'plan status docs/plan.md docs/budget.csv')).out).toContain('Total: 990 GPU-h of 990');
    expect((await runCli(path, 'plan show docs/plan.md')).out).not.toContain('$1,800');
  });

  test('is put right where each figure stands', async () => {
    const repository = aRepository();
    const { out } = await runCli(repository.path, 'plan lint --fix');
    expect(out).toContain('--- a/docs/budget.csv');
    expect(out).not.toContain('docs/plan.md');
    await runCli(repository.path, 'plan lint --fix --write');
    expect(repository.read('docs/budget.csv')).toMatch(/^Large,2740,\$5470$/m);
  });

  test('takes a finished run in the file that has them', async () => {
    const repository = aRepository();
    const before = repository.read('docs/plan.md');
    const command = 'record Large metrics.csv --link https://x.test/7 --config configs/large.yaml --date 2026-10-03';
    expect((await runCli(repository.path, command)).out).toContain('docs/runs.md');
    expect(repository.read('docs/runs.md')).toContain(
      '| Large | [configs/large.yaml](https://x.test/7) | 2026-10-03 |',
    );
    expect(repository.read('docs/plan.md')).toBe(before);
    expect((await runCli(repository.path, 'plan status')).out).toMatch(/^Large +exceeded/m);
  });

  test('is guarded in each of its files', async () => {
    const repository = aRepository();
    repository.commit();
    repository.write({ 'docs/budget.csv': 'Scale,GPU-hours,Cost\nMedium,90,$180\nLarge,9000,$18000\n' });
    const { out } = await runCli(repository.path, 'diff HEAD');
    expect(out).toContain('plan-change  docs/budget.csv:1:1');
    expect(out.replaceAll(/\s+/g, ' ')).toContain('Large: GPU-hours 900 → 9000, cost $1800 → $18000');
  });
});
