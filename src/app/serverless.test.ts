import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeMiddleware } from 'probot';
import { expect, test } from 'vitest';
import { aDelivery } from '../../test/support/a-delivery.ts';
import { someSettings } from '../../test/support/some-settings.ts';
import type { Job } from './queue/queue.ts';
import { createServerlessDoor } from './serverless.ts';

const settings = someSettings();
const opened = JSON.stringify(aDelivery('pull_request', 'opened').payload);
const signature = `sha256=${createHmac('sha256', settings.webhookSecrets[0]).update(opened).digest('hex')}`;

function recordingQueue() {
  const added: Job[] = [];
  const add = (jobs: readonly Job[]) => {
    added.push(...jobs);
    return Promise.resolve();
  };
  return { added, add };
}

test("Probot's middleware accepts a delivery when its jobs are in the queue", async () => {
  const queue = recordingQueue();
  const { app, probot } = await createServerlessDoor(settings, queue);
  const middleware = await createNodeMiddleware(app, { probot });
  const server = createServer((request, response) => void middleware(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const deliver = (given: string) =>
    fetch(`http://127.0.0.1:${port}/api/github/webhooks`, {
      method: 'POST',
      body: opened,
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'pull_request',
        'x-github-delivery': 'a-guid',
        'x-hub-signature-256': given,
      },
    });
  expect((await deliver(signature)).status).toBe(200);
  expect(queue.added).toMatchObject([{ id: 'a-guid', key: 'Codertocat/Hello-World#2' }]);
  expect((await deliver(signature.replace(/.$/, '_'))).status).toBe(400);
  expect(queue.added).toHaveLength(1);
  server.close();
});

test("Probot's adapter for AWS Lambda, which calls verifyAndReceive, sees it fail when the queue does not take the jobs", async () => {
  const { app, probot } = await createServerlessDoor(settings, { add: () => Promise.reject(new Error('no Redis')) });
  await probot.load(app);
  const delivery = { id: 'a-guid', name: 'pull_request', signature, payload: opened } as const;
  await expect(probot.webhooks.verifyAndReceive(delivery)).rejects.toThrow('no Redis');
});

test('a queue in a file is refused', async () => {
  await expect(createServerlessDoor(settings)).rejects.toThrow('REDIS_URL is not set');
});
