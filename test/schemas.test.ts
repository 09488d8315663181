import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { policyTemplate } from '../src/cli/templates/policy.ts';
import { renderEstimateJson, renderEvaluationJson } from '../src/core/report/outputs/json/json.ts';
import { anEstimatedRun } from './support/an-estimated-run.ts';
import { evaluations } from './support/example-evaluations.ts';

const names = ['estimate', 'evaluation', 'plan', 'policy', 'run'];

test('each schema has a file, and each file a schema', () => {
  expect(readdirSync('schemas').toSorted()).toEqual(names.map((name) => `${name}.schema.json`));
});

describe.each(names)('the schema of %s', (name) => {
  const schema = schemaOf(name);

  test('is found under the address that it names', () => {
    expect(schema).toMatchObject({
      $id: `https://raw.githubusercontent.com/scalegate/scalegate/v1/schemas/${name}.schema.json`,
      title: expect.stringContaining('scalegate') as unknown,
    });
  });

  test('describes every property', () => {
    expect(undescribed(schema)).toEqual([]);
  });
});

describe('what the product reads and prints keeps to its schema', () => {
  const configs = readdirSync('examples/configs');
  const yaml = (path: string): unknown => parse(readFileSync(path, 'utf8'));

  const json = (text: string): unknown => JSON.parse(text);

  test.each<[schema: string, what: string, value: unknown]>([
    ...configs.map((name): [string, string, unknown] => ['run', name, yaml(`examples/configs/${name}`)]),
    ['policy', '.github/scalegate.yml', yaml('.github/scalegate.yml')],
    ['policy', 'what scalegate init writes', parse(policyTemplate(['configs/large.yaml'], ['docs/plan.md']))],
    ['estimate', 'an estimate', json(renderEstimateJson(anEstimatedRun()))],
    ...Object.entries(evaluations).map(([name, evaluation]): [string, string, unknown] => [
      'evaluation',
      name,
      json(renderEvaluationJson(evaluation)),
    ]),
  ])('%s: %s', (name, _, value) => {
    expect(errorsOf(name, value)).toEqual([]);
  });
});

test.each([
  ['run', { scalegate: 1, modell: {} }],
  ['run', { scalegate: 1, model: { num_layers: 0 } }],
  ['run', { scalegate: 1, hardware: { usd_per_gpu_hour: 2 } }],
  ['policy', { scalegate_policy: 1, rules: { 'memory-limits': 'off' } }],
  ['policy', { scalegate_policy: 1, rules: { budget: { max_usd: 5 } } }],
  ['plan', { scalegate_plan: 1, scales: [{ name: 'Tiny' }] }],
])('an editor is told of a mistake in a %s', (name, value) => {
  expect(errorsOf(name, value)).not.toEqual([]);
});

test.each([
  ['another spelling of an optimizer', { training: { optimizer: 'adamw_torch' } }],
  ['fsdp, as zero3 is also called', { parallelism: { sharding: 'fsdp' } }],
  ['counts as people write them', { training: { tokens: '200B' } }],
  ['nothing where a value could be', { training: null, model: { head_dim: null } }],
])('an editor accepts %s', (_, facts) => {
  expect(errorsOf('run', { scalegate: 1, ...facts })).toEqual([]);
});

function schemaOf(name: string): object {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as object;
}

function errorsOf(name: string, value: unknown): unknown[] {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schemaOf(name));
  validate(value);
  return validate.errors ?? [];
}

/** Paths of properties that have no description. */
function undescribed(schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    if (key !== 'properties') return undescribed(value, path);
    return Object.entries(value as Record<string, { description?: string }>).flatMap(([name, property]) => [
      ...(property.description === undefined ? [`${path}.${name}`] : []),
      ...undescribed(property, `${path}.${name}`),
    ]);
  });
}
