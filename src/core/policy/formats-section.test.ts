import { expect, test } from 'vitest';
import { readPolicy } from './read-policy.ts';

const path = '.github/scalegate.yml';

function read(entry: string) {
  return readPolicy({ path, text: `scalegate_policy: 1\nformats:\n  - name: ours\n    files: ['conf/**']\n${entry}` });
}

test('keys are mapped to facts, with what their values mean', () => {
  const { policy, problems } = read(`    fields:
      model.hidden_size: net.d_model
      training.micro_batch_size: { key: train.batch, unit: global }
      training.precision: { key: train.dtype, values: { bfloat16: bf16-mixed } }
      training.tokens: { key: train.samples, times: [net.context, 2] }
    state: { training.trainer: pytorch, parallelism.sharding: fsdp }
`);
  expect(problems).toEqual([]);
  expect(policy.formats).toMatchObject([
    {
      name: 'ours',
      files: ['conf/**'],
      keys: [
        { field: 'model.hidden_size', key: 'net.d_model', place: { path, line: 6, column: 7 } },
        { field: 'training.global_batch_size', key: 'train.batch' },
        { field: 'training.precision', values: { bfloat16: 'bf16-mixed' } },
        { field: 'training.tokens', key: 'train.samples', times: ['net.context', 2] },
      ],
      state: {
        'training.trainer': { value: 'pytorch', authority: 'policy', place: { path, line: 10, column: 14 } },
        'parallelism.sharding': { value: 'zero3' },
      },
    },
  ]);
});

test.each([
  ['    fields: { model.hiden_size: a }\n', 'formats[0].fields.model.hiden_size', /Did you mean "model.hidden_size"/],
  ['    fields: { hidden_size: a }\n', 'formats[0].fields.hidden_size', /Did you mean "model.hidden_size"/],
  ['    fields: { model.hidden_size: { unit: global, key: a } }\n', 'formats[0].fields.model.hidden_size.unit', /key/],
  ['    fields: { training.micro_batch_size: { key: a, unit: gpu } }\n', /unit$/, /per_gpu, global/],
  ['    fields: { training.precision: { key: a, values: { half: half } } }\n', /values\.half$/, /fp16-mixed/],
  ['    fields: {}\n    state: { trainer: pytorch }\n', 'formats[0].state.trainer', /Did you mean "training.trainer"/],
  ['    state: { training.steps: few }\n    fields: {}\n', 'formats[0].state.training.steps', /10M/],
  ['    globs: x\n', 'formats[0].fields', /a map/],
])('%s is a mistake at its place', (entry, key, hint) => {
  const { policy, problems } = read(entry);
  expect(policy.formats).toEqual([]);
  expect(problems).toContainEqual(
    expect.objectContaining({
      key: (typeof key === 'string' ? key : expect.stringMatching(key)) as string,
      hint: expect.stringMatching(hint) as string,
    }),
  );
  expect(problems.every(({ place }) => place.path === path && place.line >= 3)).toBe(true);
});

test('a mistake in one format leaves the others', () => {
  const { policy } = read(
    `    fields: { oops: a }\n  - { name: b, files: ['b/**'], fields: { model.num_layers: n } }\n`,
  );
  expect(policy.formats.map(({ name }) => name)).toEqual(['b']);
});
