import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

import {
  answerSchema,
  describe,
  descriptionId,
  openApiDescription,
  openComponents,
  openDescriptionId,
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
  /** Where a text or list of the body is longer than GitHub takes: it understands the request and refuses it. */
  readonly excesses: readonly string[];
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
  const { excesses, violations } = bodyMistakes(operation, body);
  return { parameters: typed, violations: [...wrongParameters, ...violations], excesses };
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

function bodyMistakes(operation: RestOperation, body: unknown): Pick<CheckedRequest, 'excesses' | 'violations'> {
  const schema = describe(operation).requestBody?.content?.['application/json']?.schema;
  const name = `${operation} body`;
  if (schema === undefined)
    return { excesses: [], violations: body === undefined ? [] : [`${name}: GitHub takes none`] };
  // A body whose properties are all optional may be left out.
  const isLeftOut = body === undefined && schema['required'] === undefined;
  const errors = isLeftOut ? [] : errorsOf(name, schema, body);
  const isExcess = ({ keyword }: ErrorObject) => keyword === 'maxLength' || keyword === 'maxItems';
  const violations = explainMistakes(
    name,
    errors.filter((error) => !isExcess(error)),
  );
  return { excesses: explainMistakes(name, errors.filter(isExcess)), violations };
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
  ajv.addSchema({ $id: openDescriptionId, components: openComponents() });
  return ajv;
}

function violationsOf(name: string, schema: Schema, value: unknown, ajv = jsonSchemas): string[] {
  return explainMistakes(name, errorsOf(name, schema, value, ajv));
}

function errorsOf(name: string, schema: Schema, value: unknown, ajv = jsonSchemas): readonly ErrorObject[] {
  let validate = validators.get(name);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    validators.set(name, validate);
  }
  return validate(value) ? [] : (validate.errors ?? []);
}

/** Without those where it is GitHub's description that is wrong. */
export function explainMistakes(name: string, errors: readonly ErrorObject[] | null = []): string[] {
  return (errors ?? []).filter((error) => !isKnownGap(error)).map((error) => `${name}: ${explain(error)}`);
}

/** Where GitHub's description is behind its API, or wrong. */
function isKnownGap(error: ErrorObject): boolean {
  return knownGaps.some((isGap) => isGap(error));
}

const knownGaps: readonly ((error: ErrorObject) => boolean)[] = [
  // A head has a repository, it says; the API answers null once the fork is deleted.
  ({ data, instancePath }) => data === null && /^(\/\d+)?\/head\/repo$/.test(instancePath),
  // The account of a listed installation is a user and an enterprise at once, it says; it is one of them.
  ({ instancePath }) => /^\/\d+\/account$/.test(instancePath),
  // Its lists of permissions and events do not have the merge queue's everywhere.
  ({ params }) => params['additionalProperty'] === 'merge_queues',
  ({ data, instancePath }) => data === 'merge_group' && /\/events\/\d+$/.test(instancePath),
];

function explain({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath === '' ? 'the whole' : instancePath} ${message ?? ''} ${JSON.stringify(params)}`;
}
