import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aDelivery } from '../../../test/support/a-delivery.ts';
import type { Job } from '../queue/queue.ts';
import { maxBodyBytes } from './body.ts';
import { createDoor, type Attempt } from './door.ts';
import { serve, type WebServer } from './server.ts';

const secret = "It's a Secret to Everybody";
const opened = JSON.stringify(aDelivery('pull_request', 'opened').payload);
let added: Job[];
let attempts: Attempt[];
let refusal: Error | null;
let server: WebServer;

beforeEach(async () => {
  [added, attempts, refusal] = [[], [], null];
  const door = createDoor({
    secrets: [secret, 'the one before'],
    appId: 77,
    queue: {
      add: (jobs) => {
        if (refusal !== null) return Promise.reject(refusal);
        added.push(...jobs);
        return Promise.resolve();
      },
    },
    onDelivery: (attempt) => attempts.push(attempt),
  });
  server = await serve(
    { 'POST /': door },
    {
      host: '127.0.0.1',
      port: 0,
      onError: (error) => {
        expect(error).toBe(null);
      },
    },
  );
});

afterEach(() => server.stop(0));

function signatureOf(body: string | Uint8Array, key = secret): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
}

async function deliver(body: string, headers: Record<string, string | null> = {}) {
  const all: Record<string, string | null> = {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-github-delivery': '0b1e5a5c-1111-4222-8333-944455556666',
    'x-hub-signature-256': signatureOf(body),
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  const response = await fetch(server.url, { method: 'POST', body, headers: Object.fromEntries(given) });
  return { status: response.status, said: (await response.text()).trim() };
}

describe('a delivery', () => {
  test('with the right signature is queued before it is accepted', async () => {
    expect(await deliver(opened)).toEqual({ status: 202, said: 'queued: Codertocat/Hello-World#2' });
    expect(added).toMatchObject([{ id: '0b1e5a5c-1111-4222-8333-944455556666', key: 'Codertocat/Hello-World#2' }]);
    expect(attempts).toMatchObject([{ event: 'pull_request', outcome: 'queued' }]);
  });

  test('signed with the secret before the last one is accepted while that is set', async () => {
    expect(await deliver(opened, { 'x-hub-signature-256': signatureOf(opened, 'the one before') })).toMatchObject({
      status: 202,
    });
  });

  test("is verified as GitHub's own example is", async () => {
    // docs, "Validating webhook deliveries": this secret, this payload, this signature
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const { said } = await deliver('Hello, World!', { 'x-hub-signature-256': signature });
    expect(said).toBe('the body is no JSON');
  });

  test.each([
    ['of another secret', { 'x-hub-signature-256': signatureOf(opened, 'guess') }, 'is that of another secret'],
    ['of another body', { 'x-hub-signature-256': signatureOf(`${opened} `) }, 'is that of another secret'],
    ['missing', { 'x-hub-signature-256': null }, 'is missing'],
    ['of the wrong length', { 'x-hub-signature-256': 'sha256=abc' }, 'is missing'],
    ['by SHA-1 only', { 'x-hub-signature-256': null, 'x-hub-signature': 'sha1=abc' }, 'is missing'],
  ])('with a signature that is %s is refused', async (_, headers, said) => {
    const answer = await deliver(opened, headers);
    expect(answer.status).toBe(401);
    expect(answer.said).toContain(said);
    expect(added).toEqual([]);
    expect(attempts).toMatchObject([{ outcome: 'refused' }]);
  });

  test('is verified over its bytes, not over what they decode to', async () => {
    const bytes = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(opened)]);
    const headers = { 'x-hub-signature-256': signatureOf(opened) };
    const response = await fetch(server.url, {
      method: 'POST',
      body: bytes,
      headers: { ...headers, 'content-type': 'application/json', 'x-github-event': 'push', 'x-github-delivery': 'x' },
    });
    expect(response.status).toBe(401);
  });

  test.each([
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
    [{ 'content-type': 'application/jsonp' }, 415],
    [{ 'content-type': 'application/json; charset=utf-8' }, 202],
    [{ 'x-github-event': null }, 400],
    [{ 'x-github-delivery': null }, 400],
    [{ 'x-github-delivery': '<script>' }, 400],
  ])('with %j is answered %i', async (headers, status) => {
    expect(await deliver(opened, headers)).toMatchObject({ status });
  });

  test('that asks for nothing is accepted, and says why nothing is done', async () => {
    expect(await deliver('{}', { 'x-github-event': 'star' })).toEqual({
      status: 200,
      said: 'nothing to do: the event is not used',
    });
    expect(attempts).toMatchObject([{ event: 'other', outcome: 'ignored' }]);
  });

  test('is refused when the queue does not take it, so that GitHub marks it as failed', async () => {
    refusal = new Error('disk full at /secret/path');
    const { status, said } = await deliver(opened);
    expect(status).toBe(503);
    expect(said).not.toContain('/secret/path');
    expect(attempts).toMatchObject([{ outcome: 'failed', error: refusal }]);
  });
});

describe('a body over 25 MB', () => {
  /** Sends the head of a request and so much of its body, and returns what came back by then. */
  function send(head: readonly string[], body: (write: (chunk: Buffer) => boolean) => void): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
        socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${[...signedHead, ...head].join('\r\n')}\r\n\r\n`);
        body((chunk) => socket.write(chunk));
      });
      let received = '';
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.on('close', () => {
        resolve(received);
      });
      // The server hangs up while we still send
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
      });
    });
  }
  const signedHead = [
    'Content-Type: application/json',
    'X-GitHub-Event: push',
    'X-GitHub-Delivery: x',
    `X-Hub-Signature-256: ${signatureOf('')}`,
  ];

  test('is refused by its announced length, without being read', async () => {
    const received = await send([`Content-Length: ${maxBodyBytes + 1}`], () => undefined);
    expect(received).toMatch(/^HTTP\/1\.1 413 /);
    expect(received).toMatch(/connection: close/i);
  });

  test('is refused as soon as it exceeds the limit, where no length was announced', async () => {
    const megabyte = Buffer.alloc(1024 * 1024, 'x');
    const received = await send(['Transfer-Encoding: chunked'], (write) => {
      for (let sent = 0; sent <= maxBodyBytes; sent += megabyte.length) {
        write(Buffer.from(`${megabyte.length.toString(16)}\r\n`));
        write(megabyte);
        write(Buffer.from('\r\n'));
      }
      // The end never comes
    });
    expect(received).toMatch(/^HTTP\/1\.1 413 /);
    expect(attempts).toMatchObject([{ outcome: 'refused' }]);
  });

  test('is too large by one byte, and no sooner', async () => {
    const largest = `{"a":"${'x'.repeat(maxBodyBytes - 8)}"}`;
    expect(largest).toHaveLength(maxBodyBytes);
    expect(await deliver(largest, { 'x-github-event': 'star' })).toMatchObject({ status: 200 });
  });
});
