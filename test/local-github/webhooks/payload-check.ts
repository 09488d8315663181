import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';

import { asJsonSchema, type Schema } from '../openapi-description.ts';
import { explainMistakes } from '../schema-check.ts';
import type { WebhookEvent } from '../operations.ts';

/** Holds the payload of an event against GitHub's description of it. */
export function checkPayload(event: WebhookEvent, action: string | null, payload: unknown): string[] {
  const name = action === null ? event : `${event}.${action}`;
  const validate = validatorOf(name);
  return validate(payload) ? [] : explainMistakes(`${name} event`, validate.errors);
}

/** Compiled when first needed, since a payload's schema is large. */
function validatorOf(name: string): ValidateFunction {
  const known = validators.get(name);
  if (known !== undefined) return known;
  const { ajv, payloads } = (described ??= read());
  const schema = payloads[name];
  if (schema === undefined) throw new Error(`${name} is not extracted: run scripts/extract-github-schemas.ts`);
  const validate = ajv.compile(schema);
  validators.set(name, validate);
  return validate;
}

const validators = new Map<string, ValidateFunction>();
let described: { readonly ajv: Ajv2020; readonly payloads: Readonly<Record<string, Schema>> } | undefined;

function read() {
  const text = readFileSync(join(import.meta.dirname, '../schemas/webhooks.json'), 'utf8');
  // scripts/extract-github-schemas.ts writes the file from GitHub's own. Payloads have more than GitHub describes, so
  // that objects are open here.
  const options = { isClosed: false, closedId: webhooksId, openId: webhooksId };
  const { components, payloads } = asJsonSchema(JSON.parse(text), options) as {
    readonly components: object;
    readonly payloads: Readonly<Record<string, Schema>>;
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true });
  ajvFormats.default(ajv);
  // Addresses of bots, `41+renovate[bot]@users.noreply.github.com`, are none by the letter of RFC 5321
  ajv.addFormat('email', /^[^@\s]+@[^@\s]+$/);
  ajv.addSchema({ $id: webhooksId, components });
  return { ajv, payloads };
}

const webhooksId = 'github-webhooks';
