import { expect, test } from 'vitest';
import { estimateConfig } from '../../estimate-config.ts';
import { readGuards } from '../../guards.ts';
import { readRun, referencesOf } from '../../reading/read-run.ts';
import { OpenedFiles } from '../../reading/opened-files.ts';

test.each([
  ['accelerators: H100:8', 'H100', 8],
  ['accelerators: A100', 'A100-40GB', 1],
  ['accelerators: "A100-80GB:4"', 'A100-80GB', 4],
  ['accelerators: { L4: 2 }', 'L4', 2],
  ['accelerators: { L4: 1, A10G: 1 }', undefined, 1],
  ['accelerators: { L4: 1, A10G: 2 }', undefined, undefined],
  ['accelerators: [L4:1, A10G:1]', undefined, 1],
  ['accelerators: H100:0.5', 'H100', undefined],
  ['cpus: 8', undefined, undefined],
])('%s is %s, %s of them', (line, gpu, count) => {
  const { run, problems } = readRun('task.yaml', `resources:\n  ${line}\nrun: echo\n`, new Map());
  expect(problems).toEqual([]);
  expect(run?.facts['hardware.gpu']?.value).toBe(gpu);
  expect(run?.facts['hardware.count']?.value).toBe(count);
});

const task = `num_nodes: 2
resources:
  accelerators: H100:8
run: |
  oumi train -c configs/train.yaml --training.max_steps 20
`;
const config = 'model: { model_name: a/b }\ntraining: { trainer_type: TRL_SFT, max_steps: 7 }\n';

test('the config that it launches runs on its GPUs', () => {
  expect(referencesOf('jobs/task.yaml', task)).toEqual(['configs/train.yaml', 'jobs/configs/train.yaml']);
  const { run, problems } = readRun('jobs/task.yaml', task, new Map([['configs/train.yaml', config]]));
  expect(problems).toEqual([]);
  expect(run).toMatchObject({ path: 'jobs/task.yaml', dialect: 'skypilot' });
  expect(run?.facts['hardware.count']).toMatchObject({ value: 16, place: { path: 'jobs/task.yaml', line: 3 } });
  expect(run?.facts['model.id']).toMatchObject({ value: 'a/b', place: { path: 'configs/train.yaml' } });
  expect(run?.facts['training.steps']).toMatchObject({ value: 20, replaces: { value: 7 } });
});

test('what an accelerate file says that it names is weaker than the config', () => {
  const text = 'resources: { accelerators: L4:4 }\nrun: accelerate launch --config_file acc.yaml train.py c.yaml\n';
  const accelerate = 'distributed_type: FSDP\nnum_processes: 8\nmixed_precision: fp16\n';
  const own = 'model: { model_name: a/b, torch_dtype_str: bfloat16 }\ntraining: { trainer_type: TRL_SFT }\n';
  const files = new Map([
    ['acc.yaml', accelerate],
    ['c.yaml', own],
  ]);
  const { run } = readRun('task.yaml', text, files);
  expect(run?.facts['parallelism.sharding']).toMatchObject({ value: 'zero3', place: { path: 'acc.yaml' } });
  expect(run?.facts['training.precision']).toMatchObject({ value: 'bf16', replaces: { value: 'fp16-mixed' } });
  expect(run?.facts['hardware.count']).toMatchObject({ value: 4, replaces: { value: 8 } });
});

test('a task is a training run only where its config can be read', () => {
  const reading = (referenced: string | null) =>
    estimateConfig(
      'task.yaml',
      new OpenedFiles([
        ['task.yaml', { text: task }],
        ...(referenced === null ? [] : [['configs/train.yaml', { text: referenced }] as const]),
      ]),
      readGuards(null),
    );
  expect(reading(config)).toMatchObject({ isConfig: true, isLauncher: false });
  expect(reading(null)).toMatchObject({ isConfig: false, isLauncher: true });
});

test('a problem of the config that it launches is one of the task', () => {
  const broken = 'model: { model_name: a/b, model_max_length: many }\ntraining: { trainer_type: TRL_SFT }\n';
  expect(readRun('task.yaml', task, new Map([['configs/train.yaml', broken]]))).toMatchObject({
    run: null,
    problems: [{ key: 'model.model_max_length', place: { path: 'configs/train.yaml' } }],
  });
});

test('a task that names itself is read once', () => {
  const text = 'resources: { accelerators: L4 }\nrun: sky launch task.yaml\n';
  expect(readRun('task.yaml', text, new Map([['task.yaml', text]])).run?.facts['hardware.gpu']?.value).toBe('L4');
});

test.each([
  ['service.yaml', 'service: {}\nresources: { accelerators: L4:1 }\nrun: serve\n'],
  ['workflow.yml', 'on: push\njobs: { a: { runs-on: x } }\nrun: x\n'],
  ['task.yaml', 'resources: { accelerators: L4:1 }\n'],
])('%s is no task', (path, text) => {
  expect(readRun(path, text, new Map()).format).toBeNull();
});

test('a wrong value is a problem on its line', () => {
  const { problems } = readRun('task.yaml', 'num_nodes: -1\nrun: echo\n', new Map());
  expect(problems).toMatchObject([{ key: 'num_nodes', place: { line: 1 } }]);
});
