import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createClient } from './client.ts';
import { withPatience } from './patience.ts';

/** A clock that stands still until somebody sleeps, and a server that answers in this order. */
function scenario(answers: readonly (Error | { headers: Record<string, string>; data: unknown })[]) {
  const queue = [...answers];
  const slept: number[] = [];
  let time = 1_000_000;
  const clock = {
    now: () => time,
    sleep: async (milliseconds: number) => {
      const wakeAt = time + milliseconds;
      slept.push(milliseconds);
      await new Promise((resolve) => setImmediate(resolve));
      time = Math.max(time, wakeAt);
    },
  };
  const patiently = withPatience(clock);
  const send = () => {
    const answer = queue.shift() ?? ok;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return {
    slept,
    request: (retries?: number) => patiently(send, { request: retries === undefined ? {} : { retries } }),
  };
}

const ok = { headers: {}, data: 'done' };
const rateLimitedQuery = {
  headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1020' },
  data: { errors: [{ type: 'RATE_LIMITED' }] },
};

function refusal(status: number, headers: Record<string, string> = {}, message = 'No'): Error {
  return Object.assign(new Error(message), { name: 'HttpError', status, response: { headers } });
}

describe('a request', () => {
  test('waits as long as a secondary rate limit asks', async () => {
    const { request, slept } = scenario([refusal(403, { 'retry-after': '7' }), ok]);
    expect(await request()).toBe(ok);
    expect(slept).toEqual([7000]);
  });

  test('waits for the reset of an exhausted limit, which GraphQL reports with status 200', async () => {
    const { request, slept } = scenario([rateLimitedQuery, ok]);
    expect(await request()).toBe(ok);
    expect(slept).toEqual([20_000]);
  });

  test('waits a minute where a limit does not say how long', async () => {
    const { request, slept } = scenario([refusal(429), ok]);
    expect(await request()).toBe(ok);
    expect(slept).toEqual([60_000]);
  });

  test('waits longer where the limit goes on, each time as long again, until that is too long', async () => {
    const { request, slept } = scenario([refusal(429), refusal(429)]);
    await expect(request()).rejects.toThrow('GitHub asks to wait 120 s');
    expect(slept).toEqual([60_000]);
  });

  test('waits for a secondary limit of GraphQL, which comes with status 200 and no type', async () => {
    const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
    const limited = { headers: { 'retry-after': '30' }, data: { errors: [{ message }] } };
    const { request, slept } = scenario([limited, ok]);
    expect(await request()).toBe(ok);
    expect(slept).toEqual([30_000]);
  });

  test('believes "retry-after" before the reset of the limit, and that before a guess', async () => {
    const exhausted = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1040' };
    const { request, slept } = scenario([
      refusal(403, { ...exhausted, 'retry-after': '5' }),
      refusal(403, exhausted),
      ok,
    ]);
    expect(await request()).toBe(ok);
    expect(slept).toEqual([5000, 35_000]);
  });

  test('is sent again when GitHub or the way to it fails, ever more slowly', async () => {
    const { request, slept } = scenario([refusal(502), refusal(503), refusal(500), ok]);
    expect(await request()).toBe(ok);
    expect(slept).toEqual([1000, 2000, 4000]);
  });

  test('fails with GitHub’s own answer when the failures do not end', async () => {
    const failures = [1, 2, 3, 4].map(() => refusal(502));
    await expect(scenario(failures).request()).rejects.toBe(failures[3]);
  });

  test('is not repeated where it asks not to be, or where that would not help', async () => {
    const failed = refusal(502);
    await expect(scenario([failed]).request(0)).rejects.toBe(failed);
    for (const status of [401, 403, 404, 422]) {
      const refused = refusal(status);
      await expect(scenario([refused]).request()).rejects.toBe(refused);
    }
  });
});

describe('a client', () => {
  test('does not wait for more than a minute, and says how long it would have been', async () => {
    const { request, slept } = scenario([refusal(403, { 'retry-after': '900' })]);
    await expect(request()).rejects.toThrow('GitHub asks to wait 900 s');
    expect(slept).toEqual([]);
  });

  test('counts all its waiting together', async () => {
    const limited = refusal(429, { 'retry-after': '25' });
    const { request } = scenario([limited, ok, limited, ok, limited, ok]);
    await request();
    await request();
    await expect(request()).rejects.toThrow('60 s at most');
  });

  test('holds all its requests back while one waits, and counts that once', async () => {
    const limited = refusal(429, { 'retry-after': '50' });
    const { request } = scenario([limited, limited, limited, ok, ok, ok]);
    expect(await Promise.all([request(), request(), request()])).toEqual([ok, ok, ok]);
  });

  test('has no more than ten requests under way', async () => {
    let underWay = 0;
    let most = 0;
    const patiently = withPatience();
    const send = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return ok;
    };
    await Promise.all(Array.from({ length: 50 }, () => patiently(send, { request: {} })));
    expect(most).toBe(10);
  });
});

test('a request that nobody answers is given up, also behind the hook that signs it', async () => {
  const server = createServer(() => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const clock = { now: () => 0, sleep: () => Promise.resolve(), timeout: () => AbortSignal.timeout(20) };
  const client = createClient('token', `http://127.0.0.1:${port}`, clock);
  await expect(client.request('GET /rate_limit', { request: { retries: 0 } })).rejects.toThrow(/timeout|aborted/i);
});
