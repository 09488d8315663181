import { extractComponents, type JsonObject, valueAt, withoutProse } from './extract-openapi.ts';

/**
 * The JSON schemas of the payloads of the given events, by `pull_request.opened` or `push`, with the components they
 * refer to and without prose.
 */
export function extractWebhooks(
  description: unknown,
  events: Readonly<Record<string, { readonly actions: readonly string[] }>>,
): JsonObject {
  // GitHub publishes the document; what is not where OpenAPI puts it ends the script with a message of its own.
  const source = description as JsonObject;
  const payloads: JsonObject = {};
  for (const [event, { actions }] of Object.entries(events)) {
    for (const name of actions.length === 0 ? [event] : actions.map((action) => `${event}.${action}`)) {
      const path = name.replaceAll(/[._]/g, '-');
      const body = ['post', 'requestBody', 'content', 'application/json', 'schema'];
      const schema = valueAt(source, ['x-webhooks', path, ...body]);
      if (schema === undefined) throw new Error(`GitHub describes no webhook ${path}`);
      payloads[name] = withoutProse(schema);
    }
  }
  return { payloads, components: extractComponents(payloads, source) };
}
