import type { ApplicationFunction, Probot } from 'probot';
import { jobsOf } from './events/jobs-of.ts';
import { createLog } from './log.ts';
import { createProbot } from './probot.ts';
import { openQueue } from './queue/open-queue.ts';
import type { Queue } from './queue/queue.ts';
import { readSettings, type Settings } from './settings.ts';

/** What Probot's adapters take: `createLambdaFunction(app, { probot })`, `createNodeMiddleware(app, { probot })`. */
export interface ServerlessDoor {
  readonly app: ApplicationFunction;
  readonly probot: Probot;
}

/**
 * The door alone, for platforms that run functions. Probot's adapter brings the function and verifies the signature; it
 * answers when `app` has resolved, which is when the jobs are in Redis, and fails when they are not. Others do the work,
 * started by `npm start` with the same Redis: a function ends before an evaluation does.
 */
export async function createServerlessDoor(
  settings: Settings = readSettings(process.env),
  queue: Pick<Queue, 'add'> = openRedis(settings),
): Promise<ServerlessDoor> {
  const probot = await createProbot(settings);
  const log = createLog(probot.log);
  return {
    probot,
    app: ({ onAny }) => {
      onAny(async ({ id, name, payload }) => {
        const receivedAt = new Date().toISOString();
        const { jobs, ignored } = jobsOf({ id, name, payload, receivedAt }, settings.app.id);
        await queue.add(jobs);
        log.debug({ event: name, delivery: id, said: ignored ?? 'queued' }, 'delivery');
      });
    },
  };
}

function openRedis({ queue }: Settings): Queue {
  if ('redisUrl' in queue) return openQueue(queue, {});
  throw new Error('REDIS_URL is not set; what a function puts into a file is gone when the function is');
}
