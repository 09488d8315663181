import { describe, expect, test } from 'vitest';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { ScratchFolder, scratchRepository } from './scratch-folder.ts';

interface Estimate {
  readonly host: { low_gib: number; high_gib: number; stated_gib: number | null; machines: number } | null;
  readonly checkpoint: { gib: number; weights_gib: number; count: number | null; total_gib: number | null };
  readonly schedule?: { start_date: string; end_date: string } | null;
}

const model = 'meta-llama/Llama-3.1-8B';

async function estimated(line: string, directory = '/'): Promise<Estimate> {
  return JSON.parse((await runCli(directory, `estimate ${line} --json`)).out) as Estimate;
}

const deepspeed =
  '--gpu H100 --set training.trainer=deepspeed --set parallelism.sharding=zero3 --set parallelism.sharding_engine=deepspeed';
const billion = 8_030_261_248 / 2 ** 30;

describe('host memory', () => {
  test.each([
    ['optimizer', 16],
    ['parameters', 18],
  ])(
    'of an offloaded %s is %d bytes a parameter over all machines, half as much again at most',
    async (what, bytes) => {
      const { host } = await estimated(`${model} ${deepspeed} --count 16 --set parallelism.cpu_offload=${what}`);
      expect(host?.machines).toBe(2);
      expect(host?.low_gib).toBeCloseTo((bytes * billion) / 2, 1);
      expect(host?.high_gib).toBeCloseTo((1.5 * bytes * billion) / 2, 1);
    },
  );

  test('of a published model under FSDP is one copy at least, and one of each process at most', async () => {
    const fsdp =
      '--set training.trainer=huggingface --set parallelism.sharding=zero3 --set parallelism.sharding_engine=fsdp';
    const { host } = await estimated(`${model} --gpu H100 --count 8 ${fsdp}`);
    expect(host?.low_gib).toBeCloseTo(2 * billion, 1);
    expect(host?.high_gib).toBeCloseTo(4 * 8 * billion, 1);
  });

  test('is null where nothing is offloaded or loaded', async () => {
    const { path } = new ScratchFolder({ 'a.yaml': sampleConfig('large.yaml') });
    expect((await estimated('a.yaml', path)).host).toBeNull();
  });

  test('is held against what Slurm is asked for', async () => {
    const script = `#!/bin/bash
#SBATCH --nodes=1
#SBATCH --gpus-per-node=h100:8
#SBATCH --mem=100G
srun torchrun --nproc_per_node 8 train.py --config_file configs/sft.yaml
`;
    const config = `model_name_or_path: ${model}\nper_device_train_batch_size: 1\nmax_steps: 100\nbf16: true\ndeepspeed: configs/zero.json\n`;
    const zero = JSON.stringify({ zero_optimization: { stage: 3, offload_optimizer: { device: 'cpu' } } });
    const repository = scratchRepository({ 'run.slurm': script, 'configs/sft.yaml': '', 'configs/zero.json': zero });
    repository.write({ 'configs/sft.yaml': config });
    const { host } = await estimated('configs/sft.yaml', repository.path);
    expect(host?.stated_gib).toBe(100);
    const { out } = await runCli(repository.path, 'diff');
    expect(out).toContain('host-memory');
    expect(out).toMatch(/given\s+100\.0 GiB/);
    const comment = (await runCli(repository.path, 'diff --markdown')).out;
    expect(comment).toContain('| Host memory, at least |');
    expect(comment).toMatch(/scalegate: fits, .* with at least [\d.]+ GiB of CPU memory per machine/);
  });

  test('has no row in the comment where nothing is offloaded', async () => {
    const zero = JSON.stringify({ zero_optimization: { stage: 3 } });
    const launch = 'torchrun --nproc_per_node 8 train.py --config_file configs/sft.yaml\n';
    const repository = scratchRepository({ 'configs/zero.json': zero, 'configs/sft.yaml': '', 'run.sh': launch });
    const config = `model_name_or_path: ${model}\nper_device_train_batch_size: 1\nmax_steps: 100\nbf16: true\ndeepspeed: configs/zero.json\n`;
    repository.write({ 'configs/sft.yaml': config });
    const { out } = await runCli(repository.path, 'diff --markdown');
    expect(out).toContain('| Memory per GPU |');
    expect(out).not.toContain('Host memory');
  });
});

describe('a checkpoint', () => {
  test('has weights and optimizer states, as many as are saved', async () => {
    const { path } = new ScratchFolder({ 'a.yaml': sampleConfig('large.yaml') });
    const { checkpoint } = await estimated('a.yaml', path);
    expect(checkpoint.gib).toBeCloseTo(3 * checkpoint.weights_gib, 2);
    expect(checkpoint.total_gib).toBeCloseTo(checkpoint.gib * (checkpoint.count ?? 0), 1);
  });

  test('of adapters is small', async () => {
    const { checkpoint } = await estimated(`${model} --gpu H100 --count 1 --set training.method=lora`);
    expect(checkpoint.gib).toBeLessThan(0.1);
    expect(checkpoint).toMatchObject({ count: null, total_gib: null });
  });
});

describe('the day on which it ends', () => {
  test('is said where a day is asked for', async () => {
    const { path } = new ScratchFolder({ 'a.yaml': sampleConfig('large.yaml') });
    const { schedule } = await estimated('a.yaml --from 2026-12-30', path);
    expect(schedule).toMatchObject({ start_date: '2026-12-30', end_date: '2027-01-01' });
    expect((await estimated('a.yaml', path)).schedule).toBeUndefined();
    expect((await estimated(`${model} --gpu H100 --from today`)).schedule).toBeNull();
  });

  test('has to be a date', async () => {
    const { err, status } = await runCli('/', `estimate ${model} --from 2026-02-30`);
    expect(err).toContain('--from: found "2026-02-30", expected a date such as 2026-12-01, or today');
    expect(status).toBe(2);
  });
});
