import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function factsOf(own: string): Record<string, unknown> {
  const text = `base_model: meta-llama/Llama-3.1-8B
input_features: [{ name: prompt, type: text }]
output_features: [{ name: output, type: text }]
${own}`;
  const { run, problems, format } = readRun('run.yaml', text);
  expect({ problems, format: format?.name }).toEqual({ problems: [], format: 'ludwig' });
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test.each([
  [
    'trainer: { batch_size: 2, epochs: 3 }',
    { 'training.method': 'full', 'training.micro_batch_size': 2, 'training.epochs': 3 },
  ],
  ['trainer: { batch_size: auto }', { 'training.gradient_accumulation_steps': 1 }],
  ['trainer: {}\nadapter: lora', { 'training.method': 'lora', 'training.lora.rank': 8 }],
  [
    'trainer: {}\nadapter: { type: lora, r: 32, use_dora: true }\nquantization: { bits: 4 }',
    {
      'training.method': 'qlora',
      'training.lora.rank': 32,
      'training.lora.dora': true,
      'training.quantization.bits': 4,
    },
  ],
  ['trainer: {}\nadapter: { type: ia3 }', { 'training.method': 'unknown' }],
  ['trainer: { type: dpo }', { 'training.paired_samples': true, 'training.reference_model': true }],
  ['trainer: { type: grpo, batch_size: 1 }', { 'training.rollouts': true }],
  [
    'trainer: { optimizer: { type: adamw_8bit }, train_steps: 10 }',
    { 'training.optimizer': 'adamw-8bit', 'training.steps': 10 },
  ],
  [
    'trainer: {}\nbackend: { trainer: { num_workers: 4, strategy: { type: deepspeed, zero_optimization: { stage: 2, offload_optimizer: { device: cpu } } } } }',
    { 'hardware.count': 4, 'parallelism.sharding': 'zero2', 'parallelism.cpu_offload': 'optimizer' },
  ],
])('%s', (own, expected) => {
  expect(factsOf(own)).toMatchObject(expected);
});

test('with an adapter the base weights are the reference', () => {
  expect(factsOf('trainer: { type: dpo }\nadapter: lora')).not.toHaveProperty(['training.reference_model']);
});
