import { restOperations, type RestOperation } from './operations.ts';

export interface Route {
  readonly operation: RestOperation;
  /** Parameters of the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The operation that a method and path mean; undefined where the local GitHub has none. */
export function findRoute(method: string, path: string): Route | undefined {
  const segments = path.split('/');
  for (const operation of operations) {
    const [itsMethod, template = ''] = operation.split(' ');
    const parameters = itsMethod === method ? match(template.split('/'), segments) : undefined;
    if (parameters !== undefined) return { operation, parameters };
  }
  return undefined;
}

const parameterCount = (operation: string) => operation.split('{').length;
/** The most literal first: `issues/comments/{comment_id}` is no issue called `comments`. */
const operations = (Object.keys(restOperations) as RestOperation[]).sort(
  (a, b) => parameterCount(a) - parameterCount(b),
);

function match(template: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== segment) return undefined;
    if (name !== undefined) parameters[name] = decodeURIComponent(segment);
  }
  return parameters;
}
