import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

import {
  answerSchema,
  describe,
  descriptionId,
  openApiDescription,
  parametersOf,
  type Schema,
} from './openapi-description.ts';
import type { RestOperation } from './operations.ts';

export interface RequestParts {
  /** Of the path and the query, as text. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Undefined where there was none. */
  readonly body: unknown;
}

export interface CheckedRequest {
  readonly violations: readonly string[];
  /** The parameters with the types that GitHub gives them. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Holds a request against GitHub's description. A parameter or property that it does not know is a violation too. */
export function checkRequest(operation: RestOperation, { body, parameters }: RequestParts): CheckedRequest {
  const typed = { ...parameters };
  const described = parametersOf(describe(operation));
  const schema = {
    type: 'object',
    properties: Object.fromEntries(described.map(({ name, schema }) => [name, schema])),
    required: described.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  };
  const wrongParameters = violationsOf(`${operation} parameters`, schema, typed, parameterSchemas);
  return { parameters: typed, violations: [...wrongParameters, ...bodyViolations(operation, body)] };
}

/** Holds an answer against GitHub's description; a failure that it does not list must have the usual shape. */
export function checkAnswer(operation: RestOperation, status: number, body: unknown): string[] {
  const name = `${operation} ${status}`;
  const described = answerSchema(describe(operation), status);
  if (described !== undefined && described !== null) return violationsOf(name, described, body);
  // GitHub's failures have a body also where the description shows none.
  if (status >= 400) return violationsOf(name, { $ref: `${descriptionId}#/components/schemas/basic-error` }, body);
  if (described === undefined) return [`${name}: GitHub does not answer with this status`];
  return body === undefined ? [] : [`${name}: GitHub answers without a body`];
}

function bodyViolations(operation: RestOperation, body: unknown): string[] {
  const schema = describe(operation).requestBody?.content?.['application/json']?.schema;
  if (schema !== undefined) return violationsOf(`${operation} body`, schema, body);
  return body === undefined ? [] : [`${operation} body: GitHub takes none`];
}

/** Numbers in a path or query are text on the way; in JSON they are not. */
const parameterSchemas = newAjv({ coerceTypes: true });
const jsonSchemas = newAjv({ coerceTypes: false });
/** Compiled when first needed: a schema of GitHub's takes some milliseconds. */
const validators = new Map<string, ValidateFunction>();

function newAjv({ coerceTypes }: { coerceTypes: boolean }): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, coerceTypes });
  ajvFormats.default(ajv);
  ajv.addSchema({ $id: descriptionId, components: openApiDescription().components });
  return ajv;
}

function violationsOf(name: string, schema: Schema, value: unknown, ajv = jsonSchemas): string[] {
  let validate = validators.get(name);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    validators.set(name, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).filter((error) => !isKnownGap(error)).map((error) => `${name}: ${explain(error)}`);
}

/** GitHub's description says that a head has a repository; its API answers null once the fork is deleted. */
function isKnownGap({ data, instancePath }: ErrorObject): boolean {
  return data === null && /^(\/\d+)?\/head\/repo$/.test(instancePath);
}

function explain({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath === '' ? 'the whole' : instancePath} ${message ?? ''} ${JSON.stringify(params)}`;
}
