import { createHmac, timingSafeEqual } from 'node:crypto';

/** What GitHub sends as `X-Hub-Signature-256` (docs, "Validating webhook deliveries"). */
const form = /^sha256=[0-9a-f]{64}$/;

export function looksSigned(header: string | undefined): header is string {
  return header !== undefined && form.test(header);
}

/**
 * Whether the body was signed with one of the secrets. Over the bytes as they came: Octokit's `verify` takes text, and
 * what is decoded first may be another text than what was signed. Takes as long for a wrong signature as for a right one.
 */
export function isSigned(body: Uint8Array, header: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(header.slice('sha256='.length), 'hex');
  const matches = secrets.map((secret) => timingSafeEqual(createHmac('sha256', secret).update(body).digest(), given));
  return matches.includes(true);
}
