import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleFiles } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { scratchRepository } from './scratch-folder.ts';

const metrics = 'step,memory/max_reserved(GiB),throughput(tps)\n195312,17.5,13000\n195313,17.9,13100\n';
const line = 'record Large metrics.csv --link https://example.com/7 --config configs/large.yaml --date 2026-10-03';

function aRepository(files: Readonly<Record<string, string>> = {}) {
  return scratchRepository({ ...sampleFiles(), 'metrics.csv': metrics, ...files }).path;
}

describe('record', () => {
  test('writes a finished run into the plan, and the next estimate is also given by it', async () => {
    const path = aRepository();
    const { session } = await runCli(path, line);
    await expect(session).toMatchFileSnapshot('goldens/record.txt');
    const { out } = await runCli(path, 'estimate configs/xl.yaml');
    expect(out).toMatch(
      /By your own runs {2}\S+ GiB \(× \d\.\d\d\), \S+ GPU-h \(× \d\.\d\d\), as Large measured on 2026-10-03/,
    );
    const json = JSON.parse((await runCli(path, 'estimate configs/xl.yaml --json')).out) as {
      memory: { peak_gib: number };
      calibration: { scale: string; memory_ratio: number; peak_gib: number };
    };
    expect(json.calibration.scale).toBe('Large');
    expect(json.calibration.peak_gib).toBeCloseTo(json.memory.peak_gib * json.calibration.memory_ratio, 2);
  });

  test('shows up in the comment of a pull request', async () => {
    const repository = scratchRepository({ ...sampleFiles(), 'metrics.csv': metrics });
    await runCli(repository.path, line);
    repository.commit();
    repository.write({ 'configs/xl.yaml': sampleFiles()['configs/xl.yaml']!.replace('count: 64', 'count: 128') });
    const { out } = await runCli(repository.path, 'diff HEAD --markdown');
    expect(out).toMatch(/By your own runs: \S+ GiB \(× \d\.\d\d\)/);
  });

  test('leaves the plan alone on a dry run', async () => {
    const path = aRepository();
    const { out } = await runCli(path, `${line} --dry-run`);
    expect(out).toContain('+ | Large |');
    expect((await runCli(path, 'estimate configs/xl.yaml')).out).not.toContain('By your own runs');
  });

  test.each([
    ['a run that stopped early', 'metrics.csv', 'step,memory_gib\n100,40\n', line, 'stopped at step 100 of'],
    ['another scale', 'x.csv', metrics, line.replace('Large', 'XL'), 'is of the scale Large, not XL'],
    ['a file without figures', 'metrics.csv', 'a,b\n1,2\n', line, 'neither memory nor time'],
    ['a date that is none', 'x.csv', metrics, line.replace('2026-10-03', 'yesterday'), 'is no date'],
    ['a link that would break the table', 'x.csv', metrics, line.replace('/7', '/(7)'), 'has no place for'],
  ])('%s is refused, and the plan stays', async (_, file, text, command, message) => {
    const path = aRepository({ [file]: text });
    const plans = () => Object.keys(sampleFiles()).map((name) => readFileSync(join(path, name), 'utf8'));
    const before = plans();
    const { err, status } = await runCli(path, command);
    expect(err).toContain(message);
    expect(status).toBe(2);
    expect(plans()).toEqual(before);
  });

  test('takes a finished stage, and what is left of the total counts it', async () => {
    const repository = scratchRepository({
      '.github/scalegate.yml': "scalegate_policy: 1\nplan: { path: plan.csv, rows: { Warm-up: ['configs/**'] } }\n",
      'plan.csv': 'Stage,GPU-hours\nWarm-up,900\nGRPO,90\nTotal,990\n',
      'configs/large.yaml': sampleFiles()['configs/large.yaml']!,
      'metrics.csv': metrics,
    });
    const command = line.replace('Large', 'Warm-up');
    expect(await runCli(repository.path, command)).toMatchObject({ err: '', status: 0 });
    const { out } = await runCli(repository.path, 'plan status');
    expect(out).toMatch(/^Warm-up +exceeded +2026-10-03; GPU-hours 4,359, 384% over the plan/m);
    expect(out).toContain('Total: 0 GPU-h of 990 GPU-h are left.');
    expect((await runCli(repository.path, command.replace('Warm-up', 'GRPO'))).err).toContain(
      'is of the stage Warm-up, not GRPO',
    );
    expect((await runCli(repository.path, command.replace('Warm-up', 'Warmup'))).err).toContain(
      'the plan has no row Warmup; it has Warm-up, GRPO',
    );
  });
});
