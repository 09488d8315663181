import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const model = JSON.stringify({
  architectures: ['LLaMAForCausalLM'],
  model_type: 'llama',
  hidden_size: 768,
  intermediate_size: 2048,
  num_attention_heads: 12,
  num_hidden_layers: 12,
  vocab_size: 32000,
});

function read(flags: string, files: Record<string, string> = { 'configs/llama.json': model }) {
  const text = `rank=256\ntorchrun --standalone --nproc_per_node 4 main_pretrain.py \\
  --model_config configs/llama.json --batch_size 128 --num_training_steps 20000 ${flags}\n`;
  return readRun('scripts/llama.sh', text, new Map(Object.entries(files)));
}

function valuesOf(flags: string): Record<string, unknown> {
  const { run, problems } = read(flags);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test('a script states its batch, and the model of the file that it names', () => {
  expect(valuesOf('--total_batch_size 512 --rank $rank')).toMatchObject({
    'model.hidden_size': 768,
    'training.sequence_length': 256,
    'training.micro_batch_size': 128,
    'training.global_batch_size': 512,
    'training.optimizer': 'adamw',
    'training.optimizer_rank': 256,
    'training.steps': 20000,
    'hardware.count': 4,
  });
});

test.each([
  ['--optimizer galore_adamw', 'training.optimizer', 'galore'],
  ['--optimizer galore_adamw8bit_per_layer', 'training.optimizer_in_backward', true],
  ['--optimizer q_apollo_per_layer', 'training.optimizer', 'apollo'],
  ['--optimizer adam8bit', 'training.optimizer', 'adamw-8bit'],
  ['--optimizer magic', 'training.optimizer', 'unknown'],
  ['--dtype bfloat16', 'training.precision', 'bf16'],
  ['--max_length 1024', 'training.sequence_length', 1024],
  ['--activation_checkpointing --single_gpu', 'training.activation_checkpointing', 'full'],
  ['--single_gpu', 'training.activation_checkpointing', 'none'],
])('%s states %s as %j', (flags, field, value) => {
  expect(valuesOf(flags)[field]).toBe(value);
});

test('without the model file there are no dimensions', () => {
  const { run } = read('', {});
  expect(run?.facts['model.hidden_size']).toBeUndefined();
  expect(run?.facts['training.micro_batch_size']?.value).toBe(128);
});

test.each([
  ['--total_batch_size 0', 'total_batch_size'],
  ['--dtype int3', 'dtype'],
])('%s is a problem', (flags, key) => {
  expect(read(flags)).toMatchObject({ run: null, problems: [{ key }] });
});
