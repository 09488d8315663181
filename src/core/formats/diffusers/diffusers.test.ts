import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

test.each<[string, string, string]>([
  [
    'a program of diffusers',
    'run.sh',
    'accelerate launch train_dreambooth_lora_flux.py --pretrained_model_name_or_path a/b --train_batch_size 1 --learning_rate 1e-4\n',
  ],
  ['a program of sd-scripts', 'run.sh', 'python sdxl_train.py --dataset_config d.toml --learning_rate 1e-5\n'],
  [
    'a file of sd-scripts',
    'lora.toml',
    'pretrained_model_name_or_path = "a/b"\nnetwork_module = "networks.lora"\nmax_train_steps = 10\n',
  ],
  [
    'Open-Sora',
    'stage1.py',
    'model = dict(type="flux")\nae = dict(type="hunyuan_vae")\nt5 = dict(from_pretrained="x")\nlr = 1e-5\n',
  ],
])('%s is recognized', (_, path, text) => {
  const { format, problems } = readRun(path, text, new Map());
  expect({ name: format?.name, problems }).toEqual({ name: 'diffusers', problems: [] });
  expect(format?.notEstimated).toBeDefined();
});

test('its batch and steps are facts', () => {
  const text =
    'python train_network.py --pretrained_model_name_or_path a/b --train_batch_size 3 --max_train_steps 20\n';
  const { run } = readRun('run.sh', text, new Map());
  expect(run!.facts['training.micro_batch_size']?.value).toBe(3);
  expect(run!.facts['training.steps']?.value).toBe(20);
});

test.each([
  [
    'a language model',
    'run.sh',
    'python train.py --model_name_or_path a/b --per_device_train_batch_size 1 --learning_rate 1e-4\n',
  ],
  ['a file with a model alone', 'a.toml', 'pretrained_model_name_or_path = "a/b"\n'],
])('%s is none', (_, path, text) => {
  expect(readRun(path, text, new Map()).format?.name).not.toBe('diffusers');
});
