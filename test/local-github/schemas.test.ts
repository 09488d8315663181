import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { buildSchema, isInterfaceType, isObjectType } from 'graphql';
import { expect, test } from 'vitest';

import { extractGraphql } from '../../scripts/github-schemas/extract-graphql.ts';
import { extractOpenApi } from '../../scripts/github-schemas/extract-openapi.ts';
import { extractWebhooks } from '../../scripts/github-schemas/extract-webhooks.ts';
import { describe } from './openapi-description.ts';
import { graphqlFields, restOperations, type RestOperation } from './operations.ts';

test.each(Object.keys(restOperations) as RestOperation[])('%s is extracted', (operation) => {
  expect(describe(operation).responses).not.toEqual({});
});

test('the GraphQL extract has the listed fields and no others', () => {
  const schema = buildSchema(readFileSync(join(import.meta.dirname, 'schemas/schema.graphql'), 'utf8'));
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  const extracted = types
    .filter(({ name }) => !name.startsWith('__'))
    .map((type) => [type.name, Object.keys(type.getFields()).sort()]);
  const listed = Object.entries(graphqlFields).map(([type, fields]) => [type, [...fields].sort()]);
  expect(Object.fromEntries(extracted)).toEqual(Object.fromEntries(listed));
});

test('an OpenAPI extract loses prose, keeps properties called like prose, and takes the components it needs', () => {
  const schema = {
    type: 'object',
    description: 'prose',
    properties: { description: { type: 'string', example: 'x' } },
  };
  const source = {
    openapi: '3.0.3',
    info: { title: 'GitHub', version: '1' },
    paths: {
      '/a': {
        get: {
          summary: 'prose',
          responses: { '200': { description: 'prose', content: { 'application/json': { schema: ref('used') } } } },
        },
      },
      '/b': { get: { responses: {} } },
    },
    components: {
      schemas: {
        used: { ...schema, properties: { ...schema.properties, inner: ref('inner') } },
        inner: schema,
        unused: {},
      },
    },
  };
  const plain = { type: 'object', properties: { description: { type: 'string' } } };
  expect(extractOpenApi(source, ['GET /a'])).toEqual({
    openapi: '3.0.3',
    info: { version: '1' },
    paths: { '/a': { get: { responses: { '200': { content: { 'application/json': { schema: ref('used') } } } } } } },
    components: {
      schemas: { inner: plain, used: { ...plain, properties: { ...plain.properties, inner: ref('inner') } } },
    },
  });
  expect(() => extractOpenApi(source, ['GET /c'])).toThrow('GET /c');
});

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

test('a GraphQL extract keeps types and nullability, and asks for the types it needs', () => {
  const sdl = `
    """prose"""
    type Query implements Node @docs { id: ID! a(first: Int = 1, other: E): [A!]! b: B }
    interface Node { id: ID! }
    type A { e: E! s: S @deprecated(reason: "old") }
    type B { id: ID! }
    enum E { "prose" ONE TWO }
    scalar S
    directive @docs on OBJECT
  `;
  const extract = extractGraphql(sdl, { Query: ['a'], A: ['e', 's'] }, ['first']);
  expect(extract.replaceAll(/\s+/g, ' ')).toBe(
    'type A { e: E! s: S } enum E { ONE TWO } type Query { a(first: Int = 1): [A!]! } scalar S',
  );
  expect(() => extractGraphql(sdl, { Query: ['b'] }, [])).toThrow('B: list it too');
  expect(() => extractGraphql(sdl, { Query: ['c'] }, [])).toThrow('no field c');
});

test('a webhook extract has the payload of each action with the components it needs', () => {
  const payload = (schema: object) => ({
    post: { requestBody: { content: { 'application/json': { schema }, 'text/plain': {} } } },
  });
  const source = {
    'x-webhooks': { 'check-run-requested-action': payload(ref('used')), push: payload({ type: 'object' }) },
    components: { schemas: { used: { type: 'object', description: 'prose' }, unused: {} } },
  };
  const events = { check_run: { actions: ['requested_action'] }, push: { actions: [] } };
  expect(extractWebhooks(source, events)).toEqual({
    payloads: { 'check_run.requested_action': ref('used'), push: { type: 'object' } },
    components: { schemas: { used: { type: 'object' } } },
  });
  expect(() => extractWebhooks(source, { ping: { actions: [] } })).toThrow('no webhook ping');
});
