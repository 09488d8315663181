import { expect, test } from 'vitest';
import { estimateConfig } from '../../estimate-config.ts';
import { OpenedFiles } from '../../reading/opened-files.ts';
import { readGuards } from '../../guards.ts';

const policy = {
  path: '.github/scalegate.yml',
  content: { text: 'scalegate_policy: 1\nassumptions: [{ files: ["**"], hardware: { gpu: H100-SXM, count: 8 } }]\n' },
};

function estimateOf(lines: string) {
  const text = `model_name_or_path: Qwen/Qwen2.5-7B\nper_device_train_batch_size: 1\nnum_generations: 8\n${lines}`;
  const { estimated } = estimateConfig('grpo.yaml', new OpenedFiles([['grpo.yaml', { text }]]), readGuards(policy));
  return estimated!.estimate;
}

const colocated = 'use_vllm: true\nvllm_mode: colocate\nvllm_gpu_memory_utilization: 0.7\n';

test('a vLLM on the same GPU takes its share of it beside the training', () => {
  const alone = estimateOf('').memory!.peakBytes;
  const { memory, assumptions } = estimateOf(colocated);
  expect((memory!.peakBytes - alone) / 2 ** 30).toBeCloseTo(0.7 * 80, 0);
  expect(memory!.items.map(({ id }) => id)).toContain('inference_engine');
  expect(assumptions).toContainEqual(expect.objectContaining({ field: 'memory.generation', value: '0.7 of the GPU' }));
});

test('one that sleeps takes none, and what is not counted is said', () => {
  const { memory, assumptions } = estimateOf(`${colocated}vllm_enable_sleep_mode: true\n`);
  expect(memory!.items.map(({ id }) => id)).not.toContain('inference_engine');
  expect(assumptions).toContainEqual(
    expect.objectContaining({
      field: 'memory.generation',
      reason: expect.stringContaining('training step only') as string,
    }),
  );
});
