import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { largeMovedToXl } from '../support/sample-repository.ts';
import { runCli } from './run-cli.ts';
import { sampleRepository, type ScratchFolder } from './scratch-folder.ts';

const schemas = resolve(import.meta.dirname, '../../schemas');

/** What the schema says is wrong with each line. */
function violations(schema: string, lines: string): unknown[] {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
    JSON.parse(readFileSync(`${schemas}/${schema}.schema.json`, 'utf8')) as object,
  );
  return lines
    .trimEnd()
    .split('\n')
    .flatMap((line) => (validate(JSON.parse(line)) ? [] : (validate.errors ?? [])));
}

/** The sample repository with a jump, a new config without a model, and one that can't be read. */
function changedRepository(): ScratchFolder {
  const repository = sampleRepository();
  repository.write({
    'configs/large.yaml': largeMovedToXl(),
    'configs/nothing.yaml': 'scalegate: 1\n',
    'configs/broken.yaml': 'scalegate: 1\nmodel: big\n',
  });
  repository.remove('configs/small.yaml');
  return repository;
}

test('every object that estimate prints keeps to its schema', async () => {
  const { out } = await runCli(changedRepository().path, 'estimate configs missing.yaml --json');
  expect(out.split('\n')).toHaveLength(8);
  expect(violations('estimate', out)).toEqual([]);
});

test('the evaluation that diff prints keeps to its schema', async () => {
  const { out } = await runCli(changedRepository().path, 'diff --json');
  expect(violations('evaluation', out)).toEqual([]);
});

test('a figure of the wrong type would be noticed', async () => {
  const { out } = await runCli(changedRepository().path, 'estimate configs/xl.yaml --json');
  expect(violations('estimate', out.replace(/"total":\d+/, '"total":"many"'))).not.toEqual([]);
});
