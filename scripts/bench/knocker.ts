import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';

/** A delivery that is sent so often, each time under another id, so many under way at a time. */
export interface Knocking {
  readonly url: string;
  readonly body: string;
  readonly secret: string;
  readonly count: number;
  readonly underWay: number;
}

/** Milliseconds until each was acknowledged, and for all of them. */
export interface Knocked {
  readonly times: readonly number[];
  readonly tookMs: number;
}

// Run by knock.ts in a thread of its own
parentPort?.postMessage(await knockAll(workerData as Knocking));

async function knockAll({ url, body, secret, count, underWay }: Knocking): Promise<Knocked> {
  const agent = new Agent({ keepAlive: true, maxSockets: underWay });
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const times: number[] = [];
  let left = count;
  const knockAgain = async () => {
    for (; left > 0; left -= 1) {
      const start = performance.now();
      const status = await post(agent, url, body, signature);
      if (status !== 202) throw new Error(`a delivery was answered ${status}`);
      times.push(performance.now() - start);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: underWay }, knockAgain));
  agent.destroy();
  return { times, tookMs: performance.now() - start };
}

function post(agent: Agent, url: string, body: string, signature: string): Promise<number> {
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': signature,
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('end', () => {
        resolve(answer.statusCode ?? 0);
      });
    });
    sent.on('error', reject).end(body);
  });
}
