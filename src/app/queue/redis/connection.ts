import { Redis, type RedisOptions } from 'ioredis';

/** GitHub waits 10 s for an answer; a command that takes longer than this is refused, so that the door can answer 503. */
const commandTimeoutMs = 5_000;

/** Connects when it can, and again whenever the connection is lost, for as long as it takes. */
const forever: RedisOptions = {
  maxRetriesPerRequest: null,
  retryStrategy: (times) => Math.min(5_000, 100 * 2 ** Math.min(times, 6)),
};

/** A connection whose commands are answered soon or rejected. */
export function connectPromptly(url: string, warn: (message: string) => void): Redis {
  const redis = new Redis(url, { ...forever, commandTimeout: commandTimeoutMs });
  reportOutages(redis, warn);
  return redis;
}

/** A connection for BullMQ, whose commands wait for as long as Redis is out of reach. */
export function connectPatiently(url: string): Redis {
  const redis = new Redis(url, forever);
  // Told by the prompt one
  redis.on('error', () => undefined);
  return redis;
}

/** Once an outage, not once an attempt. */
function reportOutages(redis: Redis, warn: (message: string) => void): void {
  let isOut = false;
  redis.on('error', (error: Error) => {
    if (!isOut) warn(`Redis is out of reach, deliveries are refused until it is back: ${error.message}`);
    isOut = true;
  });
  redis.on('ready', () => {
    if (isOut) warn('Redis is back');
    isOut = false;
  });
}
