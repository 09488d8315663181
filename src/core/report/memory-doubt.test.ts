import { expect, test } from 'vitest';
import { estimateConfig } from '../estimate-config.ts';
import { readGuards } from '../guards.ts';
import { OpenedFiles } from '../reading/opened-files.ts';
import { memoryDoubt } from './memory-doubt.ts';

const policy = (gpu: string) => ({
  path: 'p.yml',
  content: { text: `scalegate_policy: 1\nassumptions:\n  - { files: ['**'], hardware: { gpu: ${gpu}, count: 8 } }\n` },
});

function doubtOf(text: string, gpu: string | null, others = 0): string | null {
  const guards = readGuards(gpu === null ? null : policy(gpu));
  const files = new OpenedFiles([['sft.yaml', { text }]], guards.policy.formats);
  return memoryDoubt(estimateConfig('sft.yaml', files, guards).estimated!, 'sft.yaml', others);
}

const recipe = (batch: number, rest = '') =>
  `model_name_or_path: meta-llama/Llama-3.1-8B\nbf16: true\nper_device_train_batch_size: ${batch}\nmax_length: 2048\n${rest}`;

test('one assumption that decides is named with both figures', () => {
  const doubt = doubtOf(
    recipe(1, 'gradient_checkpointing: true\npacking: true\nuse_liger_kernel: true\n'),
    'H100-80GB',
  );
  expect(doubt).toMatch(
    /^sft\.yaml may not fit: [\d.]+ of [\d.]+ GiB if each GPU holds the whole model, [\d.]+ GiB with ZeRO-3; the config does not say which$/,
  );
});

test('where only several together would save it, no single one is blamed', () => {
  expect(doubtOf(recipe(64), 'A100-40GB')).toMatch(
    /^sft\.yaml may not fit: [\d,.]+ of 39\.\d GiB as read; what is not stated/,
  );
});

test('several runs are counted, and a run without a GPU is told that none is named', () => {
  expect(doubtOf(recipe(64), 'A100-40GB', 3)).toMatch(/^sft\.yaml and 3 more may not fit: /);
  const stated = `scalegate: 1\nmodel: { id: Qwen/Qwen3-32B }\ntraining: { sequence_length: 512, activation_checkpointing: full, fused_loss: true, precision: bf16-mixed }\nhardware: { count: 1 }\n`;
  expect(doubtOf(stated, null)).toMatch(/^sft\.yaml may not fit: [\d.]+ of 79\.3 GiB, and no GPU is named$/);
});

test('a run that fits leaves no doubt', () => {
  const stated =
    'scalegate: 1\nmodel: { id: Qwen/Qwen3-0.6B }\ntraining: { sequence_length: 512, micro_batch_size: 1 }\n';
  expect(doubtOf(stated, 'B200')).toBeNull();
});
