import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RestOperation } from './operations.ts';

/** The extract of GitHub's OpenAPI description, its schemas turned into JSON Schema; read once. */
export function openApiDescription(): Description {
  if (description === undefined) {
    const text = readFileSync(join(import.meta.dirname, 'schemas/openapi.json'), 'utf8');
    // scripts/extract-github-schemas.ts writes the file from GitHub's own.
    description = closed(JSON.parse(text)) as Description;
  }
  return description;
}

let description: Description | undefined;

/** What references in the description start with, so that a schema cut out of it still finds the others. */
export const descriptionId = 'github';

export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Content>>;
  };
}

export interface Operation {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content | Reference>>;
}

export interface Parameter {
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Content {
  readonly content?: { readonly 'application/json'?: { readonly schema: Schema } };
}

export type Schema = Readonly<Record<string, unknown>>;

interface Reference {
  readonly $ref: string;
}

export function describe(operation: RestOperation): Operation {
  const [method = '', template = ''] = operation.split(' ');
  const found = openApiDescription().paths[template]?.[method.toLowerCase()];
  if (found === undefined) throw new Error(`${operation} is not extracted: run scripts/extract-github-schemas.ts`);
  return found;
}

export function parametersOf({ parameters = [] }: Operation): Parameter[] {
  const { components } = openApiDescription();
  return parameters.map((parameter) => referred(components.parameters, parameter));
}

/** The JSON schema of an answer; null where it has no body, undefined where GitHub does not list the status. */
export function answerSchema({ responses }: Operation, status: number): Schema | null | undefined {
  const response = responses[status];
  if (response === undefined) return undefined;
  return referred(openApiDescription().components.responses, response).content?.['application/json']?.schema ?? null;
}

function referred<Thing extends object>(components: Readonly<Record<string, Thing>>, thing: Thing | Reference): Thing {
  if (!('$ref' in thing)) return thing;
  const found = components[thing.$ref.slice(thing.$ref.lastIndexOf('/') + 1)];
  if (found === undefined) throw new Error(`The extract has no ${thing.$ref}`);
  return found;
}

/**
 * OpenAPI 3.0 to JSON Schema, where they differ: `nullable` beside a choice of schemas. And every object is closed, so
 * that a misspelled property is noticed and not taken for one more.
 */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  if ('$ref' in node && typeof node.$ref === 'string') return { $ref: descriptionId + node.$ref };
  const { nullable, ...rest } = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  if (nullable === true && rest['type'] === undefined) return { anyOf: [rest, { type: 'null' }] };
  const isOpen = rest['type'] === 'object' && rest['properties'] !== undefined && !('additionalProperties' in rest);
  return { ...rest, ...(nullable === true ? { nullable } : {}), ...(isOpen ? { additionalProperties: false } : {}) };
}
