import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

test.each([
  ['torchtune.models.llama3_1.llama3_1_8b', 'meta-llama/Llama-3.1-8B', 'full'],
  ['torchtune.models.llama2.lora_llama2_70b', 'meta-llama/Llama-2-70b-hf', 'lora'],
  ['torchtune.models.qwen2_5.qlora_qwen2_5_0_5b', 'Qwen/Qwen2.5-0.5B', 'qlora'],
  ['torchtune.models.qwen3.lora_qwen3_8b_instruct', 'Qwen/Qwen3-8B', 'lora'],
  ['torchtune.models.gemma2.gemma2_27b', 'google/gemma-2-27b', 'full'],
  ['mine.models.my_builder', 'mine.models.my_builder', 'full'],
])('%s builds %s, trained by %s', (builder, id, method) => {
  const values = valuesOf('', { builder });
  expect(values['model.id']).toBe(id);
  expect(values['training.method']).toBe(method);
});

test.each([
  ['batch_size: 4', 'training.micro_batch_size', 4],
  ['gradient_accumulation_steps: 8', 'training.gradient_accumulation_steps', 8],
  ['tokenizer: { max_seq_len: 4096 }', 'training.sequence_length', 4096],
  ['tokenizer: { max_seq_len: null }', 'training.sequence_length', undefined],
  ['epochs: 3', 'training.epochs', 3],
  ['epochs: 2\nmax_steps_per_epoch: 50', 'training.steps', 100],
  ['epochs: 4', 'training.checkpoint_every', '25%'],
  ['dtype: fp32', 'training.precision', 'fp32'],
  ['dtype: bf16', 'training.precision', 'bf16'],
  ['enable_activation_checkpointing: true', 'training.activation_checkpointing', 'full'],
  ['enable_activation_checkpointing: false\nac_mode: selective', 'training.activation_checkpointing', 'selective'],
  ['ac_mode: selective', 'training.activation_checkpointing', 'selective'],
  ['loss: { _component_: torchtune.modules.loss.CEWithChunkedOutputLoss }', 'training.fused_loss', true],
  ['loss: { _component_: torch.nn.CrossEntropyLoss }', 'training.fused_loss', false],
  ['optimizer_in_bwd: true', 'training.optimizer_in_backward', true],
  ['dataset: { packed: true }', 'training.packing', true],
  ['fsdp_cpu_offload: true', 'parallelism.cpu_offload', 'parameters'],
  ['tensor_parallel_dim: 8', 'parallelism.tensor', 8],
  ['data_parallel_shard_dim: -1', 'parallelism.sharding', 'zero3'],
  ['data_parallel_replicate_dim: 2\ndata_parallel_shard_dim: 4', 'parallelism.sharding', 'hsdp'],
  ['batch_size: ${other}', 'training.micro_batch_size', undefined],
])('%j states %s as %j', (lines, field, value) => {
  expect(valuesOf(lines)[field]).toEqual(value);
});

test.each([
  ['torch.optim.AdamW', 'adamw'],
  ['bitsandbytes.optim.PagedAdamW8bit', 'paged-adamw-8bit'],
  ['bitsandbytes.optim.PagedAdamW', 'paged-adamw'],
  ['torchao.optim.AdamW4bit', 'adamw-4bit'],
])('%s keeps the states of %s', (optimizer, name) => {
  expect(valuesOf('', { optimizer })['training.optimizer']).toBe(name);
});

test('the adapters are on the matrices that the switches name', () => {
  const text = `model:
  _component_: torchtune.models.llama3.lora_llama3_8b
  lora_rank: 64
  lora_attn_modules: [q_proj, output_proj]
  apply_lora_to_mlp: true
  apply_lora_to_output: true
optimizer: { _component_: torch.optim.AdamW }
`;
  const { run } = readRun('8B_lora.yaml', text, new Map());
  expect(run?.facts['training.lora.rank']).toMatchObject({ value: 64, place: { line: 3 } });
  expect(run?.facts['training.lora.target_modules']?.value).toEqual([
    ...['q_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj', 'lm_head'],
  ]);
});

test('a config for one device is for one GPU, and says that this is assumed', () => {
  const { run } = readRun('8B_full_single_device.yaml', textOf(''), new Map());
  expect(run?.facts['hardware.count']).toEqual({ value: 1, authority: 'default', place: null });
  expect(run?.facts['parallelism.sharding']).toBeUndefined();
});

test('a fused AdamW makes no temporaries', () => {
  const fused = { optimizer: 'torch.optim.AdamW, fused: True' };
  expect(valuesOf('', fused)['training.optimizer_implementation']).toBe('fused');
  expect(valuesOf('', { optimizer: 'torch.optim.AdamW' })['training.optimizer_implementation']).toBeUndefined();
});

test('a config for generation has no optimizer and is none for training', () => {
  const text = 'model:\n  _component_: torchtune.models.llama3.llama3_8b\nmax_new_tokens: 300\n';
  expect(readRun('generation.yaml', text, new Map()).format).toBeNull();
});

test('wrong values are problems, all at once', () => {
  const { problems } = readRun('a.yaml', textOf('batch_size: many\ndtype: int4\n'), new Map());
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['batch_size', 3],
    ['dtype', 4],
  ]);
});

interface Parts {
  readonly builder?: string;
  readonly optimizer?: string;
}

function textOf(lines: string, { builder, optimizer }: Parts = {}): string {
  const model = builder ?? 'torchtune.models.llama3.llama3_8b';
  return `model: { _component_: ${model} }\noptimizer: { _component_: ${optimizer ?? 'torch.optim.AdamW'} }\n${lines}\n`;
}

function valuesOf(lines: string, parts: Parts = {}): Record<string, unknown> {
  const { run, problems } = readRun('8B_full.yaml', textOf(lines, parts), new Map());
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

test.each([
  ['lora_finetune_distributed --config llama3_1/8B_lora', 'meta-llama/Llama-3.1-8B', 'lora'],
  ['full_finetune_single_device --config=qwen2_5/0.5B_full_single_device', 'Qwen/Qwen2.5-0.5B', 'full'],
  ['lora_finetune_single_device --config mistral/7B_qlora_single_device', 'mistralai/Mistral-7B-v0.1', 'qlora'],
])('tune run %s has a config of torchtune, whose name tells the model', (command, id, method) => {
  const { run, problems } = readRun('run.sh', `tune run ${command} batch_size=4 \\\n  dataset.packed=True epochs=2`);
  expect(problems).toEqual([]);
  expect(run?.facts).toMatchObject({
    'model.id': { value: id, place: { line: 1 } },
    'training.method': { value: method },
    'training.micro_batch_size': { value: 4 },
    'training.packing': { value: true, place: { line: 2 } },
    'training.epochs': { value: 2 },
    'training.activation_checkpointing': {
      value: 'unknown',
      reason: expect.stringContaining("torchtune's own") as unknown,
    },
  });
});

test('a launcher of tune starts its GPUs, and a recipe for one device one', () => {
  const gpusOf = (text: string) => readRun('run.sh', text).run?.facts['hardware.count']?.value;
  expect(gpusOf('tune run --nnodes 2 --nproc_per_node 4 full_finetune_distributed --config llama3/8B_full')).toBe(8);
  expect(gpusOf('tune run full_finetune_single_device --config llama3/8B_full_single_device')).toBe(1);
  expect(readRun('run.sh', 'tune run eleuther_eval --config eleuther_evaluation').format).toBeNull();
});
