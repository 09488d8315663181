import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

const own = `trainer: { max_steps: 1000, devices: 8, num_nodes: 2, precision: bf16-mixed, strategy: ddp }
model:
  class_path: ours.GPT
  init_args: { d_model: 512, n_layer: 8, n_head: 8, vocab_size: 1000 }
data: { class_path: ours.Data, init_args: { batch_size: 4 } }
optimizer: { class_path: torch.optim.AdamW }
`;

const hydra = `trainer: { _target_: lightning.pytorch.trainer.Trainer, max_epochs: 10, devices: [0, 1], accelerator: gpu }
model:
  _target_: src.Lit
  net: { _target_: src.GPT, n_embd: 512, n_layer: 8, n_head: 8 }
  optimizer: { _target_: torch.optim.SGD, _partial_: true, lr: 0.1 }
data: { _target_: src.Data, batch_size: 16 }
`;

function factsOf(text: string) {
  const { format, run, problems } = readRun('configs/train.yaml', text, new Map());
  expect(problems).toEqual([]);
  expect(format?.name).toBe('lightning');
  return run!.facts;
}

function valuesOf(text: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(factsOf(text)).map(([field, { value }]) => [field, value]));
}

test("the Trainer's arguments are facts, those of own classes are told by their names", () => {
  expect(valuesOf(own)).toMatchObject({
    'training.trainer': 'lightning',
    'training.steps': 1000,
    'training.micro_batch_size': 4,
    'training.precision': 'bf16-mixed',
    'training.optimizer': 'adamw',
    'parallelism.sharding': 'ddp',
    'hardware.count': 16,
    'model.hidden_size': 512,
    'model.num_layers': 8,
  });
  expect(factsOf(own)['hardware.count']).toMatchObject({ authority: 'config', place: { line: 1 } });
  expect(factsOf(own)['model.num_layers']).toMatchObject({
    authority: 'default',
    place: { line: 4 },
    reason: 'told by the name of model.init_args.n_layer',
  });
});

test('what Hydra makes is read alike', () => {
  expect(valuesOf(hydra)).toMatchObject({
    'training.epochs': 10,
    'training.micro_batch_size': 16,
    'training.precision': 'fp32',
    'training.optimizer': 'sgd',
    'hardware.count': 2,
    'model.hidden_size': 512,
  });
});

test.each([
  ['strategy: ddp', 'strategy: deepspeed_stage_3_offload', 'parallelism.cpu_offload', 'parameters'],
  [
    'strategy: ddp',
    'strategy: { class_path: lightning.pytorch.strategies.FSDPStrategy }',
    'parallelism.sharding',
    'zero3',
  ],
  [
    'strategy: ddp',
    'strategy: { class_path: x.DeepSpeedStrategy, init_args: { stage: 3 } }',
    'parallelism.sharding',
    'zero3',
  ],
  ['precision: bf16-mixed', 'precision: 16', 'training.precision', 'fp16-mixed'],
])('%s → %s states %s', (before, after, field, value) => {
  expect(valuesOf(own.replace(before, after))[field]).toBe(value);
});

test.each([
  ['devices: 8', 'devices: auto'],
  ['devices: 8', 'devices: -1'],
  ['devices: 8', 'accelerator: cpu, devices: 8'],
])('%s → %s states no count', (before, after) => {
  expect(valuesOf(own.replace(before, after))).not.toHaveProperty(['hardware.count']);
});

test('a wrong value is a problem on its line', () => {
  const { problems } = readRun('a.yaml', own.replace('max_steps: 1000', 'max_steps: many'), new Map());
  expect(problems).toMatchObject([{ key: 'trainer.max_steps', place: { line: 1 } }]);
});
