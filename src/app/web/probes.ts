import { timingSafeEqual, createHash } from 'node:crypto';
import type { Metrics } from '../metrics.ts';
import { answer, type Route } from './route.ts';

/** `/healthz`: the process answers. */
export const healthz: Route = (_, response) => {
  answer(response, 200, 'ok\n');
};

/** What has to be well for the app to do its work: null, or what is wrong in words that strangers may read. */
export type Probes = Readonly<Record<string, () => Promise<string | null>>>;

/** `/readyz`: everything that is needed is there, or what is not. */
export function createReadyz(probes: Probes): Route {
  return async (_, response) => {
    const lines = await Promise.all(
      Object.entries(probes).map(async ([name, probe]) => ({ name, wrong: await probe().catch(() => 'failed') })),
    );
    const isReady = lines.every(({ wrong }) => wrong === null);
    const text = lines.map(({ name, wrong }) => `${name}: ${wrong ?? 'ok'}\n`).join('');
    answer(response, isReady ? 200 : 503, text);
  };
}

/** `/metrics` for Prometheus, behind a bearer token where there is one. */
export function createMetricsRoute(metrics: Pick<Metrics, 'render'>, token: string | null): Route {
  return async ({ headers }, response) => {
    if (token !== null && !isEqual(headers.authorization ?? '', `Bearer ${token}`)) {
      answer(response, 401, 'a bearer token is needed\n', { 'www-authenticate': 'Bearer' });
      return;
    }
    const { contentType, text } = await metrics.render();
    answer(response, 200, text, { 'content-type': contentType });
  };
}

/** In the same time, however much of it is right. */
function isEqual(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
