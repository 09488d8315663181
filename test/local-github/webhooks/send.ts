import { createHmac } from 'node:crypto';

import type { App } from '../state/app.ts';
import type { Delivery, DeliveryAttempt } from '../state/delivery.ts';

export interface Sending {
  /** null: as if nobody listened at its address. */
  readonly app: App | null;
  readonly delivery: Delivery;
  readonly timeoutMs: number;
}

/** Posts a delivery as GitHub does, and says how that ended. It is tried once. */
export async function send({ app, delivery, timeoutMs }: Sending): Promise<DeliveryAttempt> {
  const url = app?.hookUrl ?? null;
  if (app === null || url === null) return failed({ url: '', headers: {}, status: unreachable, durationSeconds: 0 });
  const body = JSON.stringify(delivery.payload);
  const headers = headersOf(app, delivery, body);
  const started = performance.now();
  const duration = () => Math.round(performance.now() - started) / 1000;
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    const answerBody = await response.text();
    return {
      url,
      headers,
      durationSeconds: duration(),
      status: response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`,
      statusCode: response.status,
      answerHeaders: Object.fromEntries(response.headers),
      answerBody,
    };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return failed({ url, headers, status: isLate ? 'timed out' : unreachable, durationSeconds: duration() });
  }
}

const unreachable = 'failed to connect to host';

function failed(attempt: Pick<DeliveryAttempt, 'durationSeconds' | 'headers' | 'status' | 'url'>): DeliveryAttempt {
  return { ...attempt, statusCode: 0, answerHeaders: {}, answerBody: '' };
}

function headersOf(app: App, { event, guid }: Delivery, body: string): Record<string, string> {
  const signature = (algorithm: string) => createHmac(algorithm, app.webhookSecret).update(body).digest('hex');
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/0000000',
    'x-github-delivery': guid,
    'x-github-event': event,
    'x-github-hook-id': String(app.hookId),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature': `sha1=${signature('sha1')}`,
    'x-hub-signature-256': `sha256=${signature('sha256')}`,
  };
}
