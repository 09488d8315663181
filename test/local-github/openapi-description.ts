import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { RestOperation } from './operations.ts';

/** The extract of GitHub's OpenAPI description, its schemas turned into JSON Schema; read once. */
export function openApiDescription(): Description {
  return (description ??= readDescription({ isClosed: true }));
}

/** The components of the description with objects that may have more properties than GitHub names. */
export function openComponents(): object {
  return readDescription({ isClosed: false }).components;
}

function readDescription({ isClosed }: { readonly isClosed: boolean }): Description {
  const text = readFileSync(join(import.meta.dirname, 'schemas/openapi.json'), 'utf8');
  // scripts/extract-github-schemas.ts writes the file from GitHub's own.
  const options = { isClosed, closedId: descriptionId, openId: openDescriptionId };
  return asJsonSchema(JSON.parse(text), options) as Description;
}

let description: Description | undefined;

/** What references in the description start with, so that a schema cut out of it still finds the others. */
export const descriptionId = 'github';
export const openDescriptionId = 'github-open';

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

export interface ConversionOptions {
  readonly isClosed: boolean;
  /** What references start with, where what they lead to is closed or open. */
  readonly closedId: string;
  readonly openId: string;
}

/**
 * OpenAPI 3.0 to JSON Schema, where they differ: `nullable` beside a choice of schemas. And where it is said, every object
 * is closed, so that a misspelled property is noticed and not taken for one more.
 */
export function asJsonSchema(node: unknown, options: ConversionOptions): unknown {
  if (Array.isArray(node)) return node.map((item) => asJsonSchema(item, options));
  if (typeof node !== 'object' || node === null) return node;
  if ('$ref' in node && typeof node.$ref === 'string')
    return { $ref: (options.isClosed ? options.closedId : options.openId) + node.$ref };
  // What `allOf` puts together is one object, of which no part knows all properties.
  const isClosed = options.isClosed && !('allOf' in node);
  const converted = Object.entries(node).map(([key, value]) => [key, asJsonSchema(value, { ...options, isClosed })]);
  const { nullable, ...rest } = Object.fromEntries(converted) as Record<string, unknown>;
  if (nullable === true && rest['type'] === undefined) return { anyOf: [rest, { type: 'null' }] };
  const isOpen = rest['type'] === 'object' && rest['properties'] !== undefined && !('additionalProperties' in rest);
  // JSON Schema takes null only where the list of values has it too.
  const choices =
    nullable === true && Array.isArray(rest['enum']) ? { enum: [...(rest['enum'] as unknown[]), null] } : {};
  return {
    ...rest,
    ...choices,
    ...(nullable === true ? { nullable } : {}),
    ...(isOpen && isClosed ? { additionalProperties: false } : {}),
  };
}
