import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sampleConfig } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { ScratchFolder, scratchRepository } from './scratch-folder.ts';

const checkout = resolve(import.meta.dirname, '../..');
const tooBig = sampleConfig('xl.yaml').replace('activation_checkpointing: full', 'activation_checkpointing: none');

describe('fit', () => {
  test('shows the smallest changes that make a config fit, with the lines to change', async () => {
    const { path } = scratchRepository({ 'configs/xl.yaml': tooBig });
    const { session } = await runCli(path, 'fit configs/xl.yaml');
    await expect(session).toMatchFileSnapshot('goldens/fit.txt');
  });

  test('fits a config onto a GPU that is named', async () => {
    const { session } = await runCli(checkout, 'fit examples/configs/xl.yaml --gpu A10');
    await expect(session).toMatchFileSnapshot('goldens/fit-gpu.txt');
  });

  test('offers a DeepSpeed file of the repository by its name', async () => {
    const zero = (stage: number) => JSON.stringify({ zero_optimization: { stage }, bf16: { enabled: true } });
    const recipe = `model_name_or_path: meta-llama/Llama-3.1-8B
per_device_train_batch_size: 1
max_length: 2048
bf16: true
max_steps: 100
gradient_checkpointing: true
use_liger_kernel: true
`;
    const { path } = scratchRepository({
      'sft.yaml': recipe,
      'configs/ds_zero3.json': zero(3),
      'configs/zero1.json': zero(1),
      'other.json': zero(3),
    });
    const { out } = await runCli(path, 'fit sft.yaml --gpu H100 --count 8');
    expect(out).toMatch(/deepspeed \w+ → configs\/(?:ds_zero3|zero1)\.json/);
    expect(out).toMatch(/add deepspeed: "?configs\//);
    expect(out).not.toContain('other.json');
  });

  test('offers an accelerate file of the repository where a script names one, on the line of the script', async () => {
    const engine = (zero: number) =>
      `compute_environment: LOCAL_MACHINE
distributed_type: DEEPSPEED
deepspeed_config: { zero_stage: ${zero} }
mixed_precision: bf16
num_processes: 8
`;
    const { path } = scratchRepository({
      'configs/accelerate/zero1.yaml': engine(1),
      'configs/accelerate/zero3.yaml': engine(3),
      'configs/accelerate/four.yaml': engine(3).replace('8', '4'),
      'sft.yaml':
        'model_name_or_path: meta-llama/Llama-3.1-8B\nper_device_train_batch_size: 1\nmax_length: 2048\nbf16: true\nmax_steps: 100\ngradient_checkpointing: true\nuse_liger_kernel: true\n',
      'train.sh': 'accelerate launch --config_file configs/accelerate/zero1.yaml train.py --config sft.yaml\n',
    });
    const { out, status } = await runCli(path, 'fit sft.yaml --gpu L40S');
    expect(status).toBe(0);
    expect(out).toContain('config_file zero1 → configs/accelerate/zero3.yaml');
    expect(out).toContain('train.sh:1 accelerate launch --config_file configs/accelerate/zero1.yaml');
    expect(out).not.toContain('four.yaml');
  });

  test('of a config that likely fits shows what makes the high end fit, too', async () => {
    const tight = tooBig.replace('micro_batch_size: 32', 'micro_batch_size: 8').replace('gpu: A100-80GB', 'gpu: H100');
    const { path } = scratchRepository({ 'configs/xl.yaml': tight });
    const { out } = await runCli(path, 'fit configs/xl.yaml --json');
    const answer = JSON.parse(out) as { fits_already: boolean; usable_gib: number; fits: { high_gib: number }[] };
    expect(answer.fits_already).toBe(true);
    expect(answer.fits.length).toBeGreaterThan(0);
    for (const fit of answer.fits) expect(fit.high_gib).toBeLessThanOrEqual(answer.usable_gib);
  });

  test('offers more GPUs also where another file says how many there are', async () => {
    const policy = `scalegate_policy: 1
assumptions:
  - files: ['**']
    hardware: { gpu: L40S, count: 8 }
`;
    const recipe = `model_name_or_path: meta-llama/Llama-3.1-8B
per_device_train_batch_size: 1
max_length: 1024
bf16: true
max_steps: 100
gradient_checkpointing: true
use_liger_kernel: true
optim: adafactor
deepspeed: ds_zero3.json
`;
    const { path } = scratchRepository({
      '.github/scalegate.yml': policy,
      'sft.yaml': recipe.replaceAll('8B', '70B'),
      'ds_zero3.json': JSON.stringify({ zero_optimization: { stage: 3 }, bf16: { enabled: true } }),
    });
    const { out } = await runCli(path, 'fit sft.yaml');
    expect(out).toMatch(/hardware\.count 8 → (?:16|32)/);
    expect(out).toMatch(/another training: takes (?:16|32) GPUs instead of 8/);
  });

  test('says the same as JSON', async () => {
    const { path } = scratchRepository({ 'configs/xl.yaml': tooBig });
    const { out, status } = await runCli(path, 'fit configs/xl.yaml --json');
    const answer = JSON.parse(out) as { path: string; fits: { lines: unknown[] }[] };
    expect(status).toBe(0);
    expect(answer.path).toBe('configs/xl.yaml');
    expect(answer.fits[0]?.lines).toContainEqual({
      line: 12,
      before: '  micro_batch_size: 32',
      after: '  micro_batch_size: 8',
    });
  });

  test('ends with status 1 where nothing makes it fit', async () => {
    const huge = tooBig.replace('hidden_size: 2560', 'hidden_size: 102400').replace('count: 64', 'count: 1');
    const { path } = scratchRepository({ 'configs/xl.yaml': huge });
    const { out, status } = await runCli(path, 'fit configs/xl.yaml');
    expect(status).toBe(1);
    expect(out).toContain('Nothing was found that makes it fit');
  });

  test.each([
    ['a config that cannot be read', 'fit bad.yaml', 'bad.yaml:2'],
    ['a file that is no config', 'fit notes.yaml', 'not a training config'],
    ['a folder', 'fit .', 'name one config'],
    ['an unknown GPU', 'fit xl.yaml --gpu Voodoo2', 'knows no GPU "Voodoo2"'],
  ])('%s ends with status 2', async (_, line, message) => {
    const files = { 'bad.yaml': 'scalegate: 1\nmodels: 2\n', 'notes.yaml': 'a: b\n', 'xl.yaml': tooBig };
    const { path } = new ScratchFolder(files);
    const { err, status } = await runCli(path, line);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});

describe('explain', () => {
  test('shows how each figure comes about', async () => {
    const { session } = await runCli(checkout, 'explain examples/configs/xl.yaml');
    await expect(session).toMatchFileSnapshot('goldens/explain.txt');
  });

  test('shows the chain of those who state a value', async () => {
    const policy = 'scalegate_policy: 1\nassumptions:\n  - files: ["**"]\n    hardware: { gpu: H100, count: 8 }\n';
    const { path } = scratchRepository({ '.github/scalegate.yml': policy, 'xl.yaml': tooBig });
    const { out } = await runCli(path, 'explain xl.yaml');
    const line = out.split('\n').find((text) => text.includes('hardware.count'));
    expect(line).toContain('64 ← config xl.yaml:26:3, replaces 8 ← policy .github/scalegate.yml:4');
  });

  test('puts the numbers into each formula so that they give the amount', async () => {
    const { out } = await runCli(checkout, 'explain examples/configs/large.yaml');
    const found = /Optimizer states .*\n\s+= \(([\d,]+) \+ ([\d,]+)\)·([\d,]+)\/([\d,]+)\n\s+= ([\d,]+) bytes/.exec(
      out,
    );
    const [moments, master, parameters, ranks, bytes] = found!.slice(1).map((text) => Number(text.replaceAll(',', '')));
    expect(((moments! + master!) * parameters!) / ranks!).toBeCloseTo(bytes!, -1);
  });
});
