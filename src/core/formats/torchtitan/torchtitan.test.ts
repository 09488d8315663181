import { describe, expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('train_configs/llama3_8b.toml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = `[model]
name = "llama3"
flavor = "8B"

[optimizer]
name = "AdamW"

[training]
local_batch_size = 1
global_batch_size = -1
seq_len = 8192
steps = 1_000

[parallelism]
data_parallel_replicate_degree = 1
data_parallel_shard_degree = -1
tensor_parallel_degree = 2

[activation_checkpoint]
mode = "selective"

[checkpoint]
enable = true
interval = 500
`;

test('a config states what it says; -1 is open', () => {
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'torchtitan',
    'model.id': 'meta-llama/Llama-3.1-8B',
    'training.micro_batch_size': 1,
    'training.sequence_length': 8192,
    'training.steps': 1000,
    'training.checkpoint_every': 500,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'selective',
    'parallelism.sharding': 'zero3',
    'parallelism.tensor': 2,
    'parallelism.sequence_parallel': true,
  });
});

test("a flavor of torchtitan's own keeps its name, and nobody knows it", () => {
  expect(valuesOf(config.replace('"8B"', '"debugmodel"'))['model.id']).toBe('llama3:debugmodel');
});

test.each([
  ['flavor = "8B"', 'flavor = "8B"\nconverters = ["float8"]', 'training.precision', 'fp8-mixed'],
  ['replicate_degree = 1', 'replicate_degree = 2', 'parallelism.sharding', 'hsdp'],
  ['shard_degree = -1', 'shard_degree = 1', 'parallelism.sharding', 'ddp'],
  ['mode = "selective"', 'mode = "none"', 'training.activation_checkpointing', 'none'],
  ['mode = "selective"', 'mode = "selective"\nselective_ac_option = "2"', 'training.checkpoint_layers', 2],
  ['mode = "selective"', 'mode = "selective"\nselective_ac_option = "op"', 'training.checkpoint_layers', undefined],
  ['tensor_parallel_degree = 2', 'disable_loss_parallel = true', 'parallelism.loss_parallel', false],
  [
    'replicate_degree = 1\ndata_parallel_shard_degree = -1',
    'replicate_degree = 8\ndata_parallel_shard_degree = 4',
    'parallelism.shard_ranks',
    4,
  ],
  [
    'replicate_degree = 1\ndata_parallel_shard_degree = -1',
    'replicate_degree = 8\ndata_parallel_shard_degree = 4',
    'hardware.count',
    64,
  ],
  ['shard_degree = -1', 'shard_degree = -1', 'hardware.count', undefined],
])('%s as %s', (from, to, field, value) => {
  expect(valuesOf(config.replace(from, to))[field]).toBe(value);
});

test('a wrong type and an unknown mode are problems on their lines', () => {
  const wrong = config.replace('seq_len = 8192', 'seq_len = "8k"').replace('"selective"', '"some"');
  expect(read(wrong).problems).toMatchObject([
    { code: 'wrong-type', key: 'training.seq_len', place: { line: 11 } },
    { code: 'unknown-value', key: 'activation_checkpoint.mode', place: { line: 20 } },
  ]);
});

describe('a recipe in Python', () => {
  const registry = `SEQ = 4096

def qwen3_8b() -> Trainer.Config:
    model_spec = model_registry("8B")
    return Trainer.Config(
        model_spec=model_spec,
        optimizer=default_adamw(lr=8e-4),
        training=TrainingConfig(
            num_tokens_per_microbatch_per_dp_rank=4 * SEQ,
            max_context_length=SEQ,
            steps=3000,
        ),
        parallelism=ParallelismConfig(tensor_parallel_degree=2, data_parallel_shard_degree=-1),
        activation_checkpoint=FullAC.Config(),
        checkpoint=CheckpointManager.Config(interval=500),
    )


def qwen3_8b_long():
    config = qwen3_8b()
    config.training.max_context_length = 2 * SEQ
    config.activation_checkpoint = None
    return config
`;
  const path = 'torchtitan/models/qwen3/config_registry.py';
  const readRecipe = (name: string, text = registry) => readRun(`${path}::${name}`, text, new Map());
  const valuesOf = (name: string) => {
    const { run } = readRecipe(name);
    return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
  };

  test('states the keywords of its calls; batches are in tokens', () => {
    expect(valuesOf('qwen3_8b')).toEqual({
      'training.trainer': 'torchtitan',
      'model.id': 'Qwen/Qwen3-8B',
      'training.sequence_length': 4096,
      'training.micro_batch_size': 4,
      'training.steps': 3000,
      'training.checkpoint_every': 500,
      'training.precision': 'bf16-mixed',
      'training.optimizer': 'adamw',
      'training.activation_checkpointing': 'full',
      'parallelism.tensor': 2,
      'parallelism.sequence_parallel': true,
      'parallelism.sharding': 'zero3',
    });
    expect(readRecipe('qwen3_8b').run?.name).toBe('qwen3_8b');
  });

  test('that is not sharded is replicated', () => {
    const { run } = readRecipe('qwen3_8b', registry.replace('shard_degree=-1', 'shard_degree=1'));
    expect(run?.facts['parallelism.sharding']).toMatchObject({ value: 'ddp', place: { line: 13 } });
  });

  test('that builds on another states what it changes, on its own line', () => {
    expect(valuesOf('qwen3_8b_long')).toMatchObject({
      'training.sequence_length': 8192,
      'training.micro_batch_size': 2,
      'training.activation_checkpointing': 'none',
      'training.steps': 3000,
    });
    const { run } = readRecipe('qwen3_8b_long');
    expect(run?.facts['training.sequence_length']?.place).toMatchObject({ path, line: 21 });
  });

  test('of several has to be named', () => {
    expect(readRun(path, registry, new Map())).toMatchObject({
      format: { name: 'torchtitan' },
      run: null,
      problems: [{ code: 'several-recipes' }],
    });
  });

  test('with a wrong value is a problem on its line', () => {
    const { problems } = readRecipe('qwen3_8b', registry.replace('steps=3000', 'steps="many"'));
    expect(problems).toMatchObject([{ key: 'training.steps', place: { line: 11 } }]);
  });

  test('a module that only calls a trainer is none', () => {
    expect(
      readRun('train.py', 'def main():\n    trainer = Trainer()\n    return trainer\n', new Map()).format,
    ).toBeNull();
  });
});
