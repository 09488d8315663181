import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { Metrics } from '../metrics.ts';
import { createPage } from './page.ts';
import { createMetricsRoute, createReadyz, healthz } from './probes.ts';
import { serve, type Routes, type WebServer } from './server.ts';
import { answer } from './route.ts';

let server: WebServer;
const errors: unknown[] = [];

async function start(routes: Routes): Promise<WebServer> {
  server = await serve(routes, { host: '127.0.0.1', port: 0, onError: (error) => errors.push(error) });
  return server;
}

async function get(path: string, init: RequestInit = {}) {
  const response = await fetch(`${server.url}${path}`, init);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

afterEach(() => server.stop(0));

describe('the server', () => {
  test('answers what it has, by the method that it has it for', async () => {
    await start({ 'GET /healthz': healthz, 'POST /': healthz });
    expect(await get('/healthz?verbose=1')).toMatchObject({ status: 200, text: 'ok\n' });
    expect(await get('/healthz', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect((await get('/healthz', { method: 'POST' })).headers.get('allow')).toBe('GET');
    expect((await get('/')).status).toBe(405);
    for (const path of ['/probot', '/.env', '/constructor', '//']) expect((await get(path)).status).toBe(404);
  });

  test('tells strangers nothing of what went wrong', async () => {
    await start({
      'GET /': () => {
        throw new Error('the password is hunter2');
      },
    });
    expect(await get('/')).toMatchObject({ status: 500, text: 'something went wrong\n' });
    expect(errors.pop()).toMatchObject({ message: 'the password is hunter2' });
  });

  test('gives the answers that it owes before it stops', async () => {
    let finish: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      void start({
        'GET /': async (_, response) => {
          resolve();
          await new Promise<void>((done) => (finish = done));
          answer(response, 200, 'late\n');
        },
      }).then(() => {
        pending = get('/');
      });
    });
    let pending: ReturnType<typeof get> | undefined;
    await asked;
    const stopped = server.stop(5000);
    finish();
    expect(await pending).toMatchObject({ text: 'late\n' });
    await stopped;
  });

  test('hangs up on who is still sending when the grace is over', async () => {
    await start({ 'POST /': () => new Promise<void>(() => undefined) });
    const sending = request(server.url, { method: 'POST' });
    const hungUp = new Promise((resolve) => sending.on('error', resolve));
    sending.write('{');
    await new Promise((resolve) => sending.on('socket', (socket) => socket.on('connect', resolve)));
    await server.stop(20);
    expect(await hungUp).toMatchObject({ code: 'ECONNRESET' });
  });
});

test('the page may load nothing, run nothing and be framed by nobody', async () => {
  const state = { startedAt: new Date(0), now: new Date(0), counts: null, lastHandledAt: null };
  await start({ 'GET /': createPage(() => Promise.resolve(state)) });
  const { headers } = await get('/');
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  );
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cache-control')).toBe('no-store');
});

describe('readiness', () => {
  test('is there when all that is needed is', async () => {
    const fine = () => Promise.resolve(null);
    await start({ 'GET /readyz': createReadyz({ queue: fine, github: fine }) });
    expect(await get('/readyz')).toMatchObject({ status: 200, text: 'queue: ok\ngithub: ok\n' });
  });

  test('says what is not', async () => {
    await start({
      'GET /readyz': createReadyz({
        queue: () => Promise.reject(new Error('postgres://user:hunter2@database')),
        github: () => Promise.resolve('out of reach'),
      }),
    });
    expect(await get('/readyz')).toMatchObject({ status: 503, text: 'queue: failed\ngithub: out of reach\n' });
  });
});

describe('metrics', () => {
  const counts = { waiting: 2, delayed: 0, active: 1, dead: 4, oldestWaitingMs: 2500 };

  test('are in the format of Prometheus, with the queue as it is when asked', async () => {
    const metrics = new Metrics(() => Promise.resolve(counts));
    metrics.deliveries.inc({ event: 'push', outcome: 'queued' });
    await start({ 'GET /metrics': createMetricsRoute(metrics, null) });
    const { text, headers } = await get('/metrics');
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(text).toContain('scalegate_deliveries_total{event="push",outcome="queued"} 1');
    expect(text).toContain('scalegate_queue_jobs{state="dead"} 4');
    expect(text).toContain('scalegate_queue_oldest_waiting_seconds 2.5');
  });

  test('are there while the queue is out of reach, which is when they are needed', async () => {
    const metrics = new Metrics(() => Promise.reject(new Error('no PostgreSQL')));
    await start({ 'GET /metrics': createMetricsRoute(metrics, null) });
    expect(await get('/metrics')).toMatchObject({ status: 200 });
  });

  test('ask for the token, where there is one', async () => {
    await start({ 'GET /metrics': createMetricsRoute(new Metrics(() => Promise.resolve(counts)), 'a token') });
    const status = async (authorization?: string) => {
      return (await get('/metrics', authorization === undefined ? {} : { headers: { authorization } })).status;
    };
    expect([await status(), await status('Bearer guess'), await status('Bearer a token')]).toEqual([401, 401, 200]);
  });
});
