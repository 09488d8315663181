import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('conf/training/gpt3/5b.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = `run:
  name: gpt3_5b
trainer:
  num_nodes: 16
  devices: 8
  precision: bf16
  max_epochs: null
  max_steps: 105000
model:
  micro_batch_size: 4
  global_batch_size: 2048
  tensor_model_parallel_size: 2
  pipeline_model_parallel_size: 1
  virtual_pipeline_model_parallel_size: null
  encoder_seq_length: 2048
  max_position_embeddings: \${.encoder_seq_length}
  num_layers: 24
  hidden_size: 4096
  ffn_hidden_size: \${multiply:4, \${.hidden_size}}
  num_attention_heads: 32
  kv_channels: null
  activation: fast-swiglu
  activations_checkpoint_granularity: null
  optim:
    name: distributed_fused_adam
`;

test('a launcher config states what it says, interpolations resolved', () => {
  expect(read(config).run?.name).toBe('gpt3_5b');
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'nemo',
    'model.num_layers': 24,
    'model.hidden_size': 4096,
    'model.num_attention_heads': 32,
    'model.intermediate_size': 16384,
    'model.max_position_embeddings': 2048,
    'model.gated_mlp': true,
    'training.sequence_length': 2048,
    'training.micro_batch_size': 4,
    'training.global_batch_size': 2048,
    'training.steps': 105000,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'none',
    'parallelism.tensor': 2,
    'parallelism.pipeline': 1,
    'parallelism.sharding': 'zero1',
    'hardware.count': 128,
  });
});

test('a config of a group may name itself by the group', () => {
  const own = config.replace('${.encoder_seq_length}', '${training.model.encoder_seq_length}');
  expect(valuesOf(own)['model.max_position_embeddings']).toBe(2048);
});

test.each(['???', '${oc.env:SEQ}', '${model.encoder_seq_length}', '${.nothing}', '-1'])(
  'a length of %s is not stated',
  (length) => {
    expect(valuesOf(config.replace('length: 2048', `length: ${length}`))).not.toHaveProperty(
      'training.sequence_length',
    );
  },
);

test.each([
  ['16', 'fp16-mixed'],
  ['32', 'fp32'],
  ['bf16-mixed', 'bf16-mixed'],
])('precision %s is %s', (precision, expected) => {
  expect(valuesOf(config.replace('precision: bf16', `precision: ${precision}`))['training.precision']).toBe(expected);
});

test('LoRA adapts the fused projection unless targets are named', () => {
  const peft = (targets: string) =>
    valuesOf(`${config}  peft:\n    peft_scheme: lora\n    lora_tuning:\n      adapter_dim: 32\n${targets}`);
  expect(peft('')).toMatchObject({
    'training.method': 'lora',
    'training.lora.rank': 32,
    'training.lora.target_modules': ['q_proj', 'k_proj', 'v_proj'],
  });
  expect(peft('      target_modules: [mlp_fc2]\n')['training.lora.target_modules']).toEqual(['down_proj']);
});

test('a config for speech is left alone', () => {
  const speech =
    'trainer: { devices: 1, precision: 32 }\nmodel: { train_ds: { batch_size: 16 }, optim: { name: novograd } }\n';
  expect(read(speech)).toEqual({ format: null, run: null, problems: [] });
});

test('a precision that nobody knows is a problem on its line', () => {
  expect(read(config.replace('precision: bf16', 'precision: bf15')).problems).toMatchObject([
    { code: 'unknown-value', key: 'trainer.precision', place: { line: 6 } },
  ]);
});
