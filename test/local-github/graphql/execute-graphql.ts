import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  buildSchema,
  type DocumentNode,
  execute,
  type GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';

import { Violation } from '../violation.ts';
import { type GraphqlContext, GraphqlRefusal } from './graphql-context.ts';
import { queryRoot } from './query-root.ts';

/** A query that GitHub's schema allows. */
export interface Query {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Reads a request body (`{ query, variables }`). @throws Violation where GitHub's schema does not allow the query. */
export function readQuery(requestBody: unknown): Query {
  if (!isRequest(requestBody)) throw new Violation(['A GraphQL request is an object with a `query` text']);
  const document = parseQuery(requestBody.query);
  const invalid = validate(githubSchema(), document);
  if (invalid.length > 0) throw new Violation(invalid.map(({ message }) => message));
  return { document, variables: requestBody.variables ?? {} };
}

/** The body of the answer. @throws Violation where GitHub would refuse the query, or the answer breaks the schema. */
export async function executeGraphql({ document, variables }: Query, context: GraphqlContext): Promise<object> {
  const { data, errors = [] } = await execute({
    schema: githubSchema(),
    document,
    rootValue: queryRoot(context),
    variableValues: variables,
    fieldResolver: readProperty,
  });
  const mistakes = errors.filter(({ originalError }) => !(originalError instanceof GraphqlRefusal));
  if (mistakes.length > 0) throw new Violation(mistakes.map(printMistake));
  return errors.length === 0 ? { data } : { data, errors: errors.map(refusalJson) };
}

function githubSchema(): GraphQLSchema {
  schema ??= buildSchema(readFileSync(join(import.meta.dirname, '../schemas/schema.graphql'), 'utf8'));
  return schema;
}

let schema: GraphQLSchema | undefined;

interface GraphqlRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

function isRequest(body: unknown): body is GraphqlRequest {
  return typeof body === 'object' && body !== null && 'query' in body && typeof body.query === 'string';
}

function parseQuery(query: string): DocumentNode {
  try {
    return parse(query);
  } catch (error) {
    throw new Violation([String(error)]);
  }
}

/** A field that the schema has and the object lacks is a mistake here; GraphQL would answer null. */
const readProperty: GraphQLFieldResolver<Readonly<Record<string, unknown>>, unknown> = (
  source,
  fieldArguments,
  _context,
  { fieldName, parentType },
) => {
  if (!(fieldName in source)) throw new Error(`The local GitHub does not answer ${parentType.name}.${fieldName}`);
  const value = source[fieldName];
  return typeof value === 'function' ? (value as (values: unknown) => unknown)(fieldArguments) : value;
};

function refusalJson({ locations, message, originalError, path }: GraphQLError): object {
  const type = originalError instanceof GraphqlRefusal ? originalError.type : undefined;
  return { type, path, locations, message };
}

function printMistake({ message, path }: GraphQLError): string {
  return path === undefined ? message : `${path.join('.')}: ${message}`;
}
