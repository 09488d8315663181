import { expect, test } from 'vitest';
import { ladder, planOf } from '../../../../test/support/a-markdown-plan.ts';

test.each([
  ['- Global batch size: 512', 'training.global_batch_size', 512],
  ['- **Batch size (per GPU):** 8', 'training.micro_batch_size', 8],
  ['- Sequence length: 8k tokens', 'training.sequence_length', 8192],
  ['- Precision: mixed FP16', 'training.precision', 'fp16-mixed'],
  ['- Precision: pure bf16', 'training.precision', 'bf16'],
  ['- Optimizer: AdamW', 'training.optimizer', 'adamw'],
  ['- Hardware: 64 × H100', 'hardware.count', 64],
  ['- Hardware: 64 × H100', 'hardware.gpu', 'H100'],
  ['- Price per GPU-hour: $2.50', 'hardware.usd_per_gpu_hour', 2.5],
  ['| Setting | Value |\n|-|-|\n| Sequence length | 4096 |', 'training.sequence_length', 4096],
] as const)('%j states %s', (text, field, value) => {
  expect(planOf(`${ladder}\n${text}\n`).facts[field]?.value).toBe(value);
});

test('of several models the one headed as the baseline is it', () => {
  const { baseline } = planOf(`${ladder}\n## Large\n- Layers: 24\n\n## Base model\n- Layers: 6\n`);
  expect(baseline['model.num_layers']?.value).toBe(6);
});
