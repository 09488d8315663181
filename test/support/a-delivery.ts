import examples from '@octokit/webhooks-examples' with { type: 'json' };
import type { Delivery } from '../../src/app/events/event.ts';

/** A payload as GitHub publishes it, as far as tests look into it. */
export interface ExamplePayload {
  readonly action?: string;
  readonly installation?: object;
  readonly [key: string]: unknown;
}

/** GitHub's own published payloads of an event. */
export function examplesOf(event: string): readonly ExamplePayload[] {
  const named = (examples as unknown as { name: string; examples: ExamplePayload[] }[]).find(
    ({ name }) => name === event,
  );
  if (named === undefined) throw new Error(`GitHub publishes no payload of ${event}`);
  return named.examples;
}

/** A delivery of an event as GitHub publishes it, sent to an App, with what deviates laid over it. */
export function aDelivery(event: string, action: string | null, changes: object = {}): Delivery {
  const example =
    examplesOf(event).find((payload) => action === null || payload.action === action) ?? examplesOf(event)[0];
  const payload = merge({ ...example, installation: { id: 5 } }, action === null ? changes : { action, ...changes });
  return { id: '0b1e5a5c-1111-4222-8333-944455556666', name: event, payload, receivedAt: '2026-11-27T12:00:00.000Z' };
}

function merge(base: unknown, changes: unknown): unknown {
  if (!isPlain(base) || !isPlain(changes)) return changes;
  const merged = Object.entries(changes).map(([key, value]) => [key, merge(base[key], value)]);
  return { ...base, ...Object.fromEntries(merged) };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
