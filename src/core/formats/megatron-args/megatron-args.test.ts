import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('tests/gpt3_345m/model_config.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = (flags = '') => `ENV_VARS:
  CUDA_DEVICE_MAX_CONNECTIONS: 1
MODEL_ARGS:
  --num-layers: 24
  --hidden-size: 1024
  --num-attention-heads: 16
  --seq-length: 1024
  --max-position-embeddings: 1024
  --micro-batch-size: 4
  --global-batch-size: 32
  --train-iters: 50
  --tensor-model-parallel-size: 2
  --pipeline-model-parallel-size: 4
  --bf16: true
  --save: \${CHECKPOINT_SAVE_PATH}
${flags}`;

test("flags state what they say, and Megatron's defaults hold", () => {
  expect(read(config()).run?.name).toBe('gpt3_345m');
  expect(valuesOf(config('  --vocab-size: 50257\n  --use-distributed-optimizer: true\n'))).toEqual({
    'training.trainer': 'megatron-lm',
    'model.num_layers': 24,
    'model.hidden_size': 1024,
    'model.num_attention_heads': 16,
    'model.max_position_embeddings': 1024,
    'model.vocab_size': 50432,
    'model.gated_mlp': false,
    'model.intermediate_size': 4096,
    'model.tie_word_embeddings': true,
    'model.attention_bias': true,
    'model.mlp_bias': true,
    'model.norm': 'layernorm',
    'model.position_embedding': 'learned',
    'training.sequence_length': 1024,
    'training.micro_batch_size': 4,
    'training.global_batch_size': 32,
    'training.steps': 50,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'none',
    'parallelism.tensor': 2,
    'parallelism.pipeline': 4,
    'parallelism.sharding': 'zero1',
  });
});

test('virtual stages follow from the layers of one', () => {
  expect(valuesOf(config('  --num-layers-per-virtual-pipeline-stage: 2\n'))['parallelism.virtual_pipeline']).toBe(3);
});

test('a Llama of flags has no biases, a gated MLP and a head of its own', () => {
  const llama =
    '  --swiglu: true\n  --disable-bias-linear: true\n  --untie-embeddings-and-output-weights: true\n  --normalization: RMSNorm\n' +
    '  --position-embedding-type: rope\n  --group-query-attention: true\n  --num-query-groups: 8\n';
  expect(valuesOf(config(llama))).toMatchObject({
    'model.gated_mlp': true,
    'model.intermediate_size': 2688,
    'model.num_key_value_heads': 8,
    'model.attention_bias': false,
    'model.tie_word_embeddings': false,
    'model.norm': 'rmsnorm',
    'model.position_embedding': 'rope',
  });
});

test('a wrong type is a problem on its line', () => {
  expect(read(config().replace('--num-layers: 24', '--num-layers: many')).problems).toMatchObject([
    { code: 'wrong-type', place: { line: 4, column: 3 } },
  ]);
});

test('a test of inference trains nothing', () => {
  const text = 'MODEL_ARGS:\n  --num-layers: 2\n  --micro-batch-size: 1\n';
  expect(readRun('model_config.yaml', text, new Map()).format).toBeNull();
});
