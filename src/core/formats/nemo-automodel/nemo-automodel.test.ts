import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

function read(text: string) {
  return readRun('examples/llama.yaml', text, new Map());
}

function valuesOf(text: string): Record<string, unknown> {
  const { run, problems } = read(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]));
}

const recipe = `recipe: TrainFinetuneRecipeForNextTokenPrediction
step_scheduler:
  local_batch_size: 2
  global_batch_size: 64
  max_steps: 1000
model:
  pretrained_model_name_or_path: meta-llama/Llama-3.1-8B
  torch_dtype: torch.bfloat16
distributed:
  strategy: fsdp2
  dp_size: none
  tp_size: 2
  cp_size: 1
  activation_checkpointing: true
optimizer:
  _target_: torch.optim.AdamW
`;

test('a recipe states what it says, each value on its line', () => {
  expect(read(recipe).run?.facts['training.global_batch_size']).toMatchObject({
    value: 64,
    place: { line: 4, column: 3 },
  });
  expect(valuesOf(recipe)).toEqual({
    'training.trainer': 'nemo-automodel',
    'model.id': 'meta-llama/Llama-3.1-8B',
    'training.micro_batch_size': 2,
    'training.global_batch_size': 64,
    'training.steps': 1000,
    'training.precision': 'bf16',
    'training.optimizer': 'adamw',
    'parallelism.sharding': 'zero3',
    'parallelism.tensor': 2,
    'parallelism.context': 1,
    'training.activation_checkpointing': 'full',
  });
});

test('weights are trained in their own type, unless the optimizer keeps master weights', () => {
  const mixed = recipe.replace(
    'torch.optim.AdamW',
    'transformer_engine.pytorch.optimizers.fused_adam.FusedAdam\n  master_weights: true',
  );
  expect(valuesOf(mixed)).toMatchObject({ 'training.precision': 'bf16-mixed', 'training.optimizer': 'adamw' });
});

test('"none" leaves a size open', () => {
  expect(valuesOf(recipe.replace('tp_size: 2', 'tp_size: none'))).not.toHaveProperty('parallelism.tensor');
});

test('an adapter on every projection is LoRA on all linear layers', () => {
  expect(valuesOf(`${recipe}peft:\n  target_modules: '*_proj'\n  dim: 16\n`)).toMatchObject({
    'training.method': 'lora',
    'training.lora.rank': 16,
    'training.lora.target_modules': ['all-linear'],
  });
});

test('a size that is text is a problem on its line', () => {
  const { run, problems } = read(recipe.replace('tp_size: 2', 'tp_size: two'));
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ code: 'wrong-type', key: 'distributed.tp_size', place: { line: 12 } }]);
});

test('an optimizer that nobody knows is no problem: it is unknown, on its line', () => {
  const { run, problems } = read(recipe.replace('optim.AdamW', 'optim.Mystery'));
  expect(problems).toEqual([]);
  expect(run?.facts['training.optimizer']).toMatchObject({ value: 'unknown', place: { line: 16 } });
});
