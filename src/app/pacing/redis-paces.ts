import { nextBackOff, type BackOff } from '../../github/http/back-off.ts';
import type { Budget } from '../../github/http/rate-limit.ts';
import { connectPromptly } from '../queue/redis/connection.ts';
import * as standard from './paces.ts';
import { isWorthNoting, mayBeSentFrom, type Pace, type Paces, type PacesOptions } from './paces.ts';

export interface RedisPacesOptions extends PacesOptions {
  readonly prefix?: string;
  readonly warn?: (message: string) => void;
}

/** No pause and no limit of GitHub's lasts longer. */
const expiresMs = 2 * 3600_000;

/** KEYS: the installation's hash. ARGV: until, expiry. */
const extendScript = `
  local until_ = math.max(tonumber(redis.call('HGET', KEYS[1], 'pausedUntil') or 0), tonumber(ARGV[1]))
  redis.call('HSET', KEYS[1], 'pausedUntil', until_)
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

/** KEYS: the installation's hash. ARGV: now, latest, gap, expiry. Returns the place. */
const placeScript = `
  local state = redis.call('HMGET', KEYS[1], 'nextWriteAt', 'pausedUntil')
  local place = math.max(tonumber(ARGV[1]), tonumber(state[1] or 0), tonumber(state[2] or 0))
  if place <= tonumber(ARGV[2]) then
    redis.call('HSET', KEYS[1], 'nextWriteAt', place + ARGV[3])
    redis.call('PEXPIRE', KEYS[1], ARGV[4])
  end
  return place
`;

/** For several instances, which meet in Redis. */
export function createRedisPaces(url: string, options: RedisPacesOptions = {}): Paces {
  const { prefix = 'scalegate', now = Date.now, warn = () => undefined } = options;
  const { writesApartMs = standard.writesApartMs } = options;
  const redis = connectPromptly(url, warn);
  const keyOf = (installationId: number | null) => `{${prefix}}:pace:${installationId ?? 'app'}`;

  async function state(installationId: number | null): Promise<Pace> {
    const { pausedUntil, nextWriteAt, ...fields } = await redis.hgetall(keyOf(installationId));
    const noted = Object.entries(fields).filter(([field]) => field.startsWith('budget:'));
    const budgets = noted.map(([, text]) => JSON.parse(text) as Budget);
    return { pausedUntil: Number(pausedUntil ?? 0), nextWriteAt: Number(nextWriteAt ?? 0), budgets };
  }

  return {
    of(installationId, purpose) {
      const key = keyOf(installationId);
      return {
        until: async () => mayBeSentFrom(await state(installationId), purpose, now()),
        async extend(until) {
          await redis.eval(extendScript, 1, key, Math.round(until), expiresMs);
        },
        // Two instances that are refused at once read the same, and write the same
        async backOff(at) {
          const last = await redis.hget(key, 'backOff');
          const next = nextBackOff(last === null ? null : (JSON.parse(last) as BackOff), at);
          await redis.hset(key, 'backOff', JSON.stringify(next));
          await redis.pexpire(key, expiresMs);
          return next.until;
        },
        async placeForWrite(latest) {
          const times = [now(), Math.round(latest), writesApartMs, expiresMs];
          return Number(await redis.eval(placeScript, 1, key, ...times));
        },
        async note(budget) {
          if (!isWorthNoting(budget)) return;
          await redis.hset(key, `budget:${budget.resource}`, JSON.stringify(budget));
          await redis.pexpire(key, expiresMs);
        },
      };
    },
    state,
    close: () => {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}
