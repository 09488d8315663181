import { describe, expect, test } from 'vitest';
import { estimateConfig } from '../estimate-config.ts';
import { readGuards } from '../guards.ts';
import type { SourceFile } from '../source-file.ts';
import { launchesOf } from './open-file.ts';
import { OpenedFiles } from './opened-files.ts';
import { runsAlike } from './runs-alike.ts';

const path = 'configs/sft.yaml';
const text =
  'model_name_or_path: gpt2\nlearning_rate: 1e-4\noutput_dir: out\nper_device_train_batch_size: 4\ndataset_name: x\n';
const config = { path, content: { text } };

const file = (name: string, content: string): SourceFile => ({ path: name, content: { text: content } });
const opened = (files: readonly SourceFile[]) => new OpenedFiles(files.map(({ path, content }) => [path, content]));

const slurm = file(
  'train.slurm',
  '#!/bin/bash\n#SBATCH --nodes=2\n#SBATCH --gres=gpu:h100:8\nsrun python train_sft.py --config configs/sft.yaml\n',
);
const sky = (accelerators: string, name = 'sky.yaml'): SourceFile =>
  file(name, `resources:\n  accelerators: ${accelerators}\nrun: |\n  python train_sft.py --config configs/sft.yaml\n`);

/** The runs of the config with the launchers that start it. */
function runs(launchers: readonly SourceFile[], own: SourceFile = config) {
  const files = opened([own, ...launchers]);
  const starts = launchers
    .flatMap((launcher) => launchesOf(launcher.path, files))
    .filter(({ sources }) => sources.includes(own.path));
  return { files, runs: runsAlike(starts.length > 0 ? starts.map((start) => start.path) : [own.path], files) };
}

function estimate(launchers: readonly SourceFile[], policy: string | null = null, own: SourceFile = config) {
  const guards = readGuards(policy === null ? null : file('.github/scalegate.yml', policy));
  const { files, runs: found } = runs(launchers, own);
  expect(found).toHaveLength(1);
  return estimateConfig(found[0]!.path, files, guards).estimated!;
}

describe('the GPUs of a config that does not state them', () => {
  test('are those of the launcher that names it, at its line', () => {
    const { run } = estimate([slurm]);
    expect(run.hardware).toMatchObject({ gpu: { name: expect.stringMatching(/^H100/) as unknown }, count: 16 });
    expect(run.facts['hardware.gpu']).toMatchObject({ value: 'h100', place: { path: 'train.slurm', line: 3 } });
    expect(run.facts['hardware.count']?.place).toMatchObject({ path: 'train.slurm', line: 3 });
  });

  test('are those of several launchers that agree', () => {
    const { run } = estimate([sky('H100:8'), sky('H100:8', 'again.yaml')]);
    expect(run.facts['hardware.count']).toMatchObject({ value: 8, place: { path: 'sky.yaml', line: 2 } });
  });

  test('make two runs of it where launchers differ, each called by its launcher', () => {
    const { runs: found } = runs([sky('H100:8'), sky('A100-80GB:8', 'again.yaml')]);
    expect(found.map(({ name }) => name)).toEqual(['configs/sft.yaml::sky.yaml', 'configs/sft.yaml::again.yaml']);
  });

  test('come with the sharding of the accelerate file and of the flags that the launcher names', () => {
    const zero3 = file(
      'acc/zero3.yaml',
      'distributed_type: DEEPSPEED\ndeepspeed_config:\n  zero_stage: 3\n  offload_param_device: none\nnum_processes: 8\n',
    );
    const script = (flags: string) =>
      file(
        'train.sh',
        `accelerate launch --config_file acc/zero3.yaml ${flags} train_sft.py --config configs/sft.yaml\n`,
      );
    const { run } = estimate([script(''), zero3]);
    expect(run.parallelism.sharding).toBe('zero3');
    expect(run.facts['parallelism.sharding']?.place).toMatchObject({ path: 'acc/zero3.yaml', line: 3 });
    expect(run.hardware.count).toBe(8);
    expect(estimate([script('--zero_stage 2'), zero3]).run.parallelism.sharding).toBe('zero2');
    const own = { path, content: { text: `${text}fsdp: shard_grad_op\n` } };
    expect(estimate([script(''), zero3], null, own).run.facts['parallelism.sharding_engine']?.value).toBe('fsdp');
  });

  test('are no business of a launcher of another config', () => {
    const other = file(
      'other.slurm',
      '#SBATCH --gres=gpu:h100:8\nsrun python train_sft.py --config configs/dpo.yaml\n',
    );
    expect(estimate([other]).run.hardware).toMatchObject({ gpu: null, count: null });
  });

  test('are those of the command that names it, of several in one script', () => {
    const script = file(
      'run.sh',
      'torchrun --nproc_per_node 4 train_sft.py --config configs/dpo.yaml\ntorchrun --nproc_per_node 8 train_sft.py --config configs/sft.yaml\n',
    );
    expect(estimate([script]).run.hardware.count).toBe(8);
  });
});

describe('a launcher', () => {
  const policy =
    'scalegate_policy: 1\nassumptions:\n  - files: ["**"]\n    hardware: { gpu: A100-80GB, count: 4, usd_per_gpu_hour: 1 }\n';

  test('is stronger than what the policy assumes', () => {
    expect(estimate([slurm], policy).run.hardware).toMatchObject({ count: 16 });
  });

  test('on another GPU than the policy has a price for is not priced by it', () => {
    expect(estimate([slurm], policy).run.hardware).toMatchObject({ usdPerGpuHour: null });
    const ofAny = policy.replace('gpu: A100-80GB, ', '');
    expect(estimate([slurm], ofAny).run.hardware).toMatchObject({ usdPerGpuHour: 1 });
  });

  test('is weaker than the config', () => {
    const own = file(
      path,
      'scalegate: 1\nmodel: { id: gpt2 }\nhardware: { gpu: L40S, count: 2 }\ntraining: { steps: 10 }\n',
    );
    expect(estimate([slurm], null, own).run.hardware.count).toBe(2);
  });
});
