import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createHub } from './hugging-face.ts';

const url = 'https://huggingface.co/acme/llama/resolve/main/config.json';

/** A Hub on loopback, which keeps what it was asked. */
async function aHub(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}/`, asked };
}

test('a public config.json is read, at the path of the Hub', async () => {
  const { endpoint, asked } = await aHub((_, response) => response.end('{"hidden_size": 64}'));
  expect(await createHub({ endpoint })(url)).toEqual({ text: '{"hidden_size": 64}' });
  expect(asked).toEqual(['/acme/llama/resolve/main/config.json']);
});

test('no token is sent', async () => {
  let headers: IncomingMessage['headers'] = {};
  const { endpoint } = await aHub((request, response) => {
    headers = request.headers;
    response.end('{}');
  });
  await createHub({ endpoint })(url);
  expect(headers).not.toHaveProperty('authorization');
});

test.each([
  [401, 'is gated, private, or does not exist'],
  [404, 'does not exist'],
  [500, 'answers with status 500'],
])('status %i is no file, and says why', async (status, unreadable) => {
  const { endpoint } = await aHub((_, response) => response.writeHead(status).end('{"error": "x"}'));
  expect(await createHub({ endpoint })(url)).toEqual({ unreadable });
});

test('a file that goes on and on is not read to its end', async () => {
  const { endpoint } = await aHub((_, response) => {
    const more = () => {
      while (response.write('x'.repeat(10_000)));
      response.once('drain', more);
    };
    more();
  });
  expect(await createHub({ endpoint })(url)).toEqual({ unreadable: 'is longer than 200000 bytes' });
});

test('a renamed model is followed, on the Hub only', async () => {
  const { endpoint } = await aHub((request, response) => {
    if (request.url?.startsWith('/acme/') === true) response.writeHead(307, { location: '/new/llama.json' }).end();
    else response.end('{}');
  });
  expect(await createHub({ endpoint })(url)).toEqual({ text: '{}' });

  const elsewhere = await aHub((_, response) => response.writeHead(302, { location: 'http://localhost:1/x' }).end());
  expect(await createHub({ endpoint: elsewhere.endpoint })(url)).toEqual({
    unreadable: 'leads to another host, which is not asked',
  });
});

test('a circle of redirects ends', async () => {
  const { endpoint } = await aHub((request, response) =>
    response.writeHead(302, { location: request.url ?? '' }).end(),
  );
  expect(await createHub({ endpoint })(url)).toEqual({ unreadable: 'leads around in a circle' });
});

test('a Hub that cannot be reached is no failure', async () => {
  expect(await createHub({ endpoint: 'http://127.0.0.1:1' })(url)).toEqual({ unreadable: 'could not be reached' });
});

test('an answer is kept for an hour, and no answer for a minute', async () => {
  let now = 0;
  let status = 500;
  const { endpoint, asked } = await aHub((_, response) => response.writeHead(status).end('{}'));
  const hub = createHub({ endpoint, now: () => now });
  await hub(url);
  await hub(url);
  expect(asked).toHaveLength(1);
  [now, status] = [60_001, 200];
  expect(await hub(url)).toEqual({ text: '{}' });
  now += 3_599_000;
  await hub(url);
  expect(asked).toHaveLength(2);
  now += 2000;
  await hub(url);
  expect(asked).toHaveLength(3);
});
