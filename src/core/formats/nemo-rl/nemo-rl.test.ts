import { expect, test } from 'vitest';
import { readRun, referencesOf } from '../../reading/read-run.ts';

const base = `sft:
  max_num_steps: 60
checkpointing:
  enabled: true
  save_period: 10
policy:
  model_name: meta-llama/Llama-3.2-1B
  train_global_batch_size: 32
  train_micro_batch_size: 1
  max_total_sequence_length: 1024
  precision: bfloat16
  dtensor_cfg:
    enabled: true
    tensor_parallel_size: 1
    activation_checkpointing: false
  optimizer:
    name: torch.optim.AdamW
  megatron_cfg:
    enabled: false
    tensor_model_parallel_size: 4
cluster:
  gpus_per_node: 1
  num_nodes: 1
`;
const middle = `defaults: sft.yaml
policy:
  model_name: meta-llama/Llama-3.1-8B
cluster:
  gpus_per_node: 8
`;
const recipe = `defaults: ../middle.yaml
policy:
  dtensor_cfg: { tensor_parallel_size: 2 }
cluster:
  num_nodes: 2
`;
const files = new Map([
  ['configs/sft.yaml', base],
  ['configs/middle.yaml', middle],
]);

function read(text: string, referenced = files) {
  return readRun('configs/recipes/run.yaml', text, referenced);
}

test('a recipe is merged over its chain of bases', () => {
  expect(referencesOf('configs/recipes/run.yaml', recipe)).toEqual(['configs/middle.yaml']);
  const { run, problems } = read(recipe);
  expect(problems).toEqual([]);
  expect(Object.fromEntries(Object.entries(run!.facts).map(([field, { value }]) => [field, value]))).toEqual({
    'training.trainer': 'nemo-rl',
    'model.id': 'meta-llama/Llama-3.1-8B',
    'training.sequence_length': 1024,
    'training.micro_batch_size': 1,
    'training.global_batch_size': 32,
    'training.steps': 60,
    'training.checkpoint_every': 10,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'training.activation_checkpointing': 'none',
    'parallelism.sharding': 'zero3',
    'parallelism.tensor': 2,
    'hardware.count': 16,
  });
});

test('a value keeps the chain of what it replaced, each with its file and line', () => {
  const { facts } = read(recipe).run!;
  expect(facts['training.sequence_length']).toEqual({
    value: 1024,
    authority: 'config',
    place: { path: 'configs/sft.yaml', line: 10, column: 3 },
  });
  expect(facts['hardware.count']).toMatchObject({
    value: 16,
    place: { path: 'configs/recipes/run.yaml', line: 5 },
    replaces: { value: 8, place: { path: 'configs/middle.yaml', line: 5 }, replaces: { value: 1 } },
  });
});

test('Megatron trains where it is enabled', () => {
  const megatron =
    'defaults: ../middle.yaml\npolicy:\n  megatron_cfg: { enabled: true, optimizer: { optimizer: adam } }\n';
  expect(read(megatron).run?.facts).toMatchObject({
    'training.trainer': { value: 'megatron-bridge' },
    'parallelism.tensor': { value: 4 },
  });
});

test('a step of GRPO takes as many updates as its rollouts fill batches', () => {
  const grpo = `grpo: { num_prompts_per_step: 32, num_generations_per_prompt: 16, max_num_steps: 100 }\n${base.replace(/^sft:\n.*\n/, '')}`;
  expect(read(grpo).run?.facts['training.steps']?.value).toBe(1600);
});

test.each([
  ['../nowhere.yaml', 'missing-include', '"configs/recipes/run.yaml"'],
  ['../../../outside.yaml', 'outside-repository', '"configs/recipes/run.yaml"'],
  ['/etc/base.yaml', 'outside-repository', '"configs/recipes/run.yaml"'],
  ['run.yaml', 'include-cycle', '"configs/recipes/run.yaml" → "configs/recipes/run.yaml"'],
])('a base of %s is a %s, with the chain', (defaults, code, chain) => {
  const { run, problems } = read(`defaults: ${defaults}\npolicy: { train_micro_batch_size: 1 }\n`);
  expect(run).toBeNull();
  expect(problems).toMatchObject([{ code, key: 'defaults', place: { line: 1 } }]);
  expect(problems[0]?.message).toContain(chain);
});

test('bases that name each other end as a problem', () => {
  const loop = new Map([
    ['configs/a.yaml', 'defaults: b.yaml\ngrpo: {}\n'],
    ['configs/b.yaml', 'defaults: a.yaml\ngrpo: {}\n'],
  ]);
  expect(read('defaults: ../a.yaml\ngrpo: {}\n', loop).problems).toMatchObject([{ code: 'include-cycle' }]);
});

test('bases that multiply end as a problem', () => {
  const twice = Array.from({ length: 30 }, (_, level): [string, string] => [
    `configs/l${level}.yaml`,
    `defaults: [l${level + 1}.yaml, l${level + 1}.yaml]\ngrpo: {}\n`,
  ]);
  const many = new Map([...twice, ['configs/l12.yaml', 'grpo: {}\n']]);
  expect(read('defaults: ../l0.yaml\ngrpo: {}\n', many).problems).toMatchObject([{ code: 'too-many-includes' }]);
});

test('a labeler of pull requests with a policy is no recipe', () => {
  expect(readRun('.github/labeler.yml', 'policy:\n  template: [bug.yml]\n', new Map()).format).toBeNull();
});

test.each([
  { cluster: 'gpus_per_node: 8, num_nodes: 20', resources: 'num_nodes: 4, gpus_per_node: 8', training: 128 },
  { cluster: 'gpus_per_node: 8, num_nodes: 1', resources: 'gpus_per_node: 2', training: 6 },
])('GPUs that only generate do not train: $cluster', ({ cluster, resources, training }) => {
  const { run } = read(`defaults: ../middle.yaml
policy: { generation: { colocated: { enabled: false, resources: { ${resources} } } } }
cluster: { ${cluster} }
`);
  expect(run!.facts['hardware.count']?.value).toBe(training);
});
