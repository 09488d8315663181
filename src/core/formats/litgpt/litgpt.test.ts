import { describe, expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

test.each([
  ['precision: bf16-true', 'training.precision', 'bf16'],
  ['precision: 16-mixed', 'training.precision', 'fp16-mixed'],
  ['devices: 4\nnum_nodes: 2', 'hardware.count', 8],
  ['devices: auto', 'hardware.count', undefined],
  ['devices: 2', 'parallelism.sharding', 'zero3'],
  ['devices: 2', 'training.activation_checkpointing', 'full'],
  ['devices: 1', 'parallelism.sharding', undefined],
  ['optimizer: AdamW', 'training.optimizer', 'adamw'],
  ['optimizer: { class_path: torch.optim.AdamW }', 'training.optimizer', 'adamw'],
  ['lora_r: 32\nlora_query: true\nlora_mlp: true', 'training.lora.rank', 32],
  ['lora_r: 32\nquantize: bnb.nf4', 'training.method', 'qlora'],
  ['lora_r: 32\nquantize: bnb.nf4-dq', 'training.quantization.double', true],
  ['quantize: null', 'training.method', 'full'],
])('%j states %s as %j', (lines, field, value) => {
  expect(valuesOf(`checkpoint_dir: checkpoints/org/name\n${lines}\ntrain: { micro_batch_size: 1 }\n`)[field]).toEqual(
    value,
  );
});

test('the checkpoint keeps the id of the Hub in its path', () => {
  const values = valuesOf(
    'checkpoint_dir: checkpoints/google/gemma-2b\ntrain: { global_batch_size: 8, max_seq_length: 512 }\n',
  );
  expect(values).toMatchObject({
    'model.id': 'google/gemma-2b',
    'training.global_batch_size': 8,
    'training.sequence_length': 512,
  });
});

test('the switches name the matrices that carry an adapter', () => {
  const values = valuesOf(
    'checkpoint_dir: c/a/b\nlora_r: 8\nlora_query: true\nlora_key: false\nlora_projection: true\ntrain: { micro_batch_size: 1 }\n',
  );
  expect(values['training.lora.target_modules']).toEqual(['q_proj', 'o_proj']);
});

test('a model may be described in the file', () => {
  const model = `model_config:
  n_layer: 6
  n_head: 6
  n_embd: 288
  padded_vocab_size: 32000
  intermediate_size: 768
  norm_class_name: RMSNorm
  mlp_class_name: LLaMAMLP
  bias: false
train: { micro_batch_size: 4, max_tokens: 9_700_000_000, tie_embeddings: true }
`;
  expect(valuesOf(model)).toMatchObject({
    'model.num_layers': 6,
    'model.hidden_size': 288,
    'model.vocab_size': 32000,
    'model.norm': 'rmsnorm',
    'model.gated_mlp': true,
    'model.mlp_bias': false,
    'model.tie_word_embeddings': true,
    'training.tokens': 9_700_000_000,
  });
});

test('wrong values are problems, all at once', () => {
  const text = 'checkpoint_dir: c/a/b\nprecision: bf17\ndevices: 0\ntrain: { micro_batch_size: -1 }\n';
  const { problems } = readRun('a.yaml', text, new Map());
  expect(problems.map(({ key, place }) => [key, place.line])).toEqual([
    ['precision', 2],
    ['devices', 3],
    ['train.micro_batch_size', 4],
  ]);
});

describe('litgpt with flags alone', () => {
  const flags = '--precision bf16-true --devices 4 --train.micro_batch_size 2 --train.max_seq_length 1024';

  test.each([
    ['finetune_lora meta-llama/Llama-3.1-8B', { 'training.method': 'lora', 'training.lora.rank': 8 }],
    ['finetune meta-llama/Llama-3.1-8B --lora_r 16', { 'training.method': 'lora', 'training.lora.rank': 16 }],
    ['finetune full --checkpoint_dir checkpoints/meta-llama/Llama-3.1-8B', { 'training.method': 'full' }],
    ['finetune_adapter meta-llama/Llama-3.1-8B', { 'training.method': 'unknown' }],
    ['pretrain meta-llama/Llama-3.1-8B', { 'training.method': 'full', 'parallelism.sharding': 'hsdp' }],
  ])('%s', (command, own) => {
    const { format, run, problems } = readRun('run.sh', `litgpt ${command} ${flags}\n`, new Map());
    expect(problems).toEqual([]);
    expect(format?.name).toBe('litgpt');
    const values = Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
    expect(values).toMatchObject({
      'model.id': 'meta-llama/Llama-3.1-8B',
      'training.micro_batch_size': 2,
      'training.sequence_length': 1024,
      'hardware.count': 4,
      ...own,
    });
    expect(run!.facts['model.id']?.place).toMatchObject({ path: 'run.sh', line: 1 });
  });
});

function valuesOf(text: string): Record<string, unknown> {
  const { format, run, problems } = readRun('a.yaml', text, new Map());
  expect(problems).toEqual([]);
  expect(format?.name).toBe('litgpt');
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}
