type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = Record<string, Json>;

/**
 * The given operations (`GET /repos/{owner}/{repo}`) of an OpenAPI description, with the components they refer to and
 * without prose. Still an OpenAPI document, of a few percent of the size.
 */
export function extractOpenApi(description: unknown, operations: readonly string[]): JsonObject {
  // GitHub publishes the document; what is not where OpenAPI puts it ends this script with a message of its own.
  const source = description as JsonObject;
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    const [method = '', template = ''] = operation.split(' ');
    const found = valueAt(source, ['paths', template, method.toLowerCase()]);
    if (found === undefined) throw new Error(`GitHub describes no operation ${operation}`);
    (paths[template] ??= {})[method.toLowerCase()] = withoutProse(found);
  }
  return {
    openapi: source['openapi'] ?? null,
    info: source['info'] === undefined ? null : withoutProse(source['info']),
    paths,
    components: extractComponents(paths, source),
  };
}

/** All that a part of the description refers to, directly or not. */
export function extractComponents(part: Json, source: JsonObject): JsonObject {
  const components: Record<string, JsonObject> = {};
  const seen = new Set<string>();
  const waiting = referencesIn(part);
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    if (seen.has(reference)) continue;
    seen.add(reference);
    const [, kind = '', name = ''] = reference.replace('#/', '').split('/');
    const component = valueAt(source, ['components', kind, name]);
    if (component === undefined) throw new Error(`GitHub's description has no ${reference}`);
    const kept = withoutProse(component);
    (components[kind] ??= {})[name] = kept;
    waiting.push(...referencesIn(kept));
  }
  return inOrder(components);
}

function referencesIn(node: Json): string[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : referencesIn(value),
  );
}

const proseKeys = new Set([
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'title',
  'contact',
]);
const unusedKeys = new Set(['headers', 'links', 'license', 'termsOfService', 'deprecated', 'discriminator']);
/** Their keys are names that GitHub chose, such as a property called `description`. */
const nameMaps = new Set(['properties', 'patternProperties', 'responses', 'content']);

export function withoutProse(node: Json, parentKey = ''): Json {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item));
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(([key]) => {
    if (parentKey === 'content') return key === 'application/json';
    return nameMaps.has(parentKey) || !(proseKeys.has(key) || unusedKeys.has(key) || key.startsWith('x-'));
  });
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutProse(value, nameMaps.has(parentKey) ? '' : key)]));
}

function inOrder(components: Record<string, JsonObject>): JsonObject {
  const sorted = (object: JsonObject) =>
    Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(Object.fromEntries(Object.entries(components).map(([kind, members]) => [kind, sorted(members)])));
}

export function valueAt(node: Json | undefined, keys: readonly string[]): Json | undefined {
  let value = node;
  for (const key of keys) {
    if (value === undefined || value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = value[key];
  }
  return value;
}
