import { expect, test } from 'vitest';
import { readRun } from '../../reading/read-run.ts';

test.each([
  ['cutoff_len: 4096', 'training.sequence_length', 4096],
  ['micro_batch_size: 2', 'training.micro_batch_size', 2],
  ['global_batch_size: 32', 'training.global_batch_size', 32],
  ['max_steps: 10', 'training.steps', 10],
  ['bf16: true', 'training.precision', 'bf16'],
  ['dist_config: { name: fsdp2, cp_size: 2 }', 'parallelism.sharding', 'zero3'],
  ['dist_config: { name: fsdp2, cp_size: 2 }', 'parallelism.sharding_engine', 'fsdp'],
  ['dist_config: { name: fsdp2, cp_size: 2 }', 'parallelism.context', 2],
  ['peft_config: { name: lora, r: 16, target_modules: all }', 'training.lora.target_modules', ['all-linear']],
  ['peft_config: { name: lora }\nquant_config: { quantization_bit: 4 }', 'training.method', 'qlora'],
  ['peft_config: null\nquant_config: null', 'training.method', 'full'],
])('%j states %s as %j', (lines, field, value) => {
  const { run, problems } = readRun('a.yaml', `model: a/b\nmodel_class: llm\ntrain_dataset: x\n${lines}\n`, new Map());
  expect(problems).toEqual([]);
  expect((run!.facts as Record<string, { value: unknown }>)[field]?.value).toEqual(value);
});

test('the DeepSpeed config that it names is read', () => {
  const text =
    'model: a/b\nmodel_class: llm\ntrain_dataset: x\ndist_config: { name: deepspeed, config_file: z.json }\n';
  const { run } = readRun('a.yaml', text, new Map([['z.json', '{ "zero_optimization": { "stage": 1 } }']]));
  expect(run?.facts['parallelism.sharding']).toMatchObject({ value: 'zero1', place: { path: 'z.json' } });
});

test('a wrong value is a problem on its line', () => {
  const { problems } = readRun(
    'a.yaml',
    'model: a/b\nmodel_class: llm\ntrain_dataset: x\nmicro_batch_size: 0\n',
    new Map(),
  );
  expect(problems).toMatchObject([{ key: 'micro_batch_size', place: { line: 4 } }]);
});
