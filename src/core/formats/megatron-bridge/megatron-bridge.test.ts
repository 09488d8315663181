import { describe, expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('conf/override.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const config = `model:
  seq_length: 4096
  tensor_model_parallel_size: 2
  cross_entropy_loss_fusion: false
train:
  train_iters: 600
  global_batch_size: 64
  micro_batch_size: 1
ddp:
  use_distributed_optimizer: true
mixed_precision: bf16_mixed
`;

test('overrides state what they say', () => {
  expect(valuesOf(config)).toEqual({
    'training.trainer': 'megatron-bridge',
    'training.sequence_length': 4096,
    'training.micro_batch_size': 1,
    'training.global_batch_size': 64,
    'training.steps': 600,
    'training.precision': 'bf16-mixed',
    'training.fused_loss': false,
    'parallelism.sharding': 'zero1',
    'parallelism.tensor': 2,
  });
});

test('a recipe of fp8 is fp8', () => {
  const fp8 = config.replace('bf16_mixed', 'bf16_with_fp8_current_scaling_mixed');
  expect(valuesOf(fp8)['training.precision']).toBe('fp8-mixed');
});

test('a wrong type is a problem on its line', () => {
  expect(read(config.replace('600', 'many')).problems).toMatchObject([{ code: 'invalid-value', place: { line: 6 } }]);
});

describe('a recipe in Python', () => {
  const recipe = `MODEL = "Qwen/Qwen3-30B-A3B"

def qwen3_30b_sft_16gpu_h100_bf16_config(peft=None) -> ConfigContainer:
    """Sixteen GPUs."""
    cfg = _sft_common()
    cfg.model = AutoBridge.from_hf_pretrained(MODEL).to_megatron_provider(load_weights=False)
    cfg.model.tensor_model_parallel_size = 4
    cfg.model.pipeline_model_parallel_size = 2
    cfg.model.virtual_pipeline_model_parallel_size = None
    cfg.model.expert_model_parallel_size = 4
    cfg.model.recompute_granularity = None
    cfg.model.seq_length = 8192
    cfg.dataset.seq_length = 4096
    cfg.train.micro_batch_size = 1
    cfg.train.global_batch_size = 32
    cfg.train.train_iters = 100
    cfg.optimizer.lr = peft
    cfg.mixed_precision = bf16_with_fp8_current_scaling_mixed()
    cfg.mixed_precision.grad_reduce_in_fp32 = False
    cfg.ddp.use_distributed_optimizer = True
    return cfg
`;
  const readRecipe = (text = recipe) => readRun('recipes/qwen3.py', text, new Map());

  test('states the attributes that it sets, and the GPUs of its name', () => {
    const { run, problems } = readRecipe();
    expect(problems).toEqual([]);
    expect(Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]))).toEqual({
      'training.trainer': 'megatron-bridge',
      'model.id': 'Qwen/Qwen3-30B-A3B',
      'training.sequence_length': 4096,
      'training.micro_batch_size': 1,
      'training.global_batch_size': 32,
      'training.steps': 100,
      'training.precision': 'fp8-mixed',
      'training.activation_checkpointing': 'none',
      'parallelism.sharding': 'zero1',
      'parallelism.tensor': 4,
      'parallelism.pipeline': 2,
      'parallelism.expert': 4,
      'hardware.count': 16,
      'hardware.gpu': 'h100',
    });
    expect(run?.name).toBe('qwen3_30b_sft_16gpu_h100_bf16_config');
    expect(run?.facts['parallelism.tensor']?.place).toMatchObject({ line: 7 });
  });

  test('with a wrong value is a problem on its line', () => {
    const { problems } = readRecipe(recipe.replace('train_iters = 100', 'train_iters = "all"'));
    expect(problems).toMatchObject([{ key: 'train.train_iters', place: { line: 16 } }]);
  });

  test('the common configs themselves, which return a container of many, are no recipe of a model', () => {
    const text = 'def helper(cfg):\n    cfg.train.train_iters = 5\n    return cfg\n';
    expect(readRun('common.py', text, new Map()).format).toBeNull();
  });
});

describe('a recipe with adapters', () => {
  const recipe = (peft: string, base = '_peft_common') => `def llama_peft_config(peft_scheme="lora") -> ConfigContainer:
    cfg = ${base}()
    cfg.model = AutoBridge.from_hf_pretrained("meta-llama/Llama-3.1-8B").to_megatron_provider(load_weights=False)
    cfg.train.train_iters = 100
    ${peft}
    return cfg
`;
  const methodOf = (text: string) => {
    const { run, problems } = readRun('recipe.py', text, new Map());
    expect(problems).toEqual([]);
    return { ...run!.facts['training.method'], rank: run!.facts['training.lora.rank']?.value };
  };

  test.each([
    ['cfg.peft = LoRA(dim=16)', 'lora', 16],
    ['cfg.peft = default_peft_config("lora")', 'lora', 32],
    ['cfg.peft = default_peft_config(peft_scheme)', 'lora', 32],
    ['cfg.peft = peft_scheme', 'lora', 32],
    ['cfg.peft = PrefixTuning(dim=16)', 'unknown', undefined],
  ])('%s is %s', (peft, value, rank) => {
    expect(methodOf(recipe(peft))).toMatchObject({ value, rank });
  });

  test('is one of full training where it takes none', () => {
    expect(methodOf(recipe('cfg.peft = None', '_sft_common')).value).toBeUndefined();
  });
});
