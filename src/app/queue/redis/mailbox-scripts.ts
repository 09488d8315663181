/**
 * The mailboxes as Lua scripts, each of which Redis runs as a whole. Under the prefix:
 *
 *     job:ID      what is known of one job: key, data, urgency, tries, due; error and died of a dead letter
 *     mail:KEY    ids of a key that wait, by when they are due
 *     held:KEY    ids of a key that a worker holds; token:KEY says which
 *     waiting, held, dead    all ids in that state, by the time that counts
 *     done:ID     completed; expires by itself
 *
 * Time is that of Redis, so that instances whose clocks differ agree. KEYS[1] is the prefix.
 */
const shared = `
  local prefix = KEYS[1]
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local function at(name) return prefix .. name end

  local function wait(id, key, due)
    redis.call('ZADD', at('mail:' .. key), due, id)
    redis.call('ZADD', at('waiting'), due, id)
  end

  local function hold(id, key)
    redis.call('ZREM', at('mail:' .. key), id)
    redis.call('ZREM', at('waiting'), id)
    redis.call('SADD', at('held:' .. key), id)
    redis.call('ZADD', at('held'), now, id)
  end

  local function nextDue(key)
    local first = redis.call('ZRANGE', at('mail:' .. key), 0, 0, 'WITHSCORES')
    return #first == 0 and -1 or math.max(0, first[2] - now)
  end

  local function letGo(id, key)
    redis.call('SREM', at('held:' .. key), id)
    redis.call('ZREM', at('held'), id)
  end
`;

/**
 * ARGV: id, key, data, urgency, delay of each job. Returns for each key of theirs: itself, its urgency, whether it may be
 * waiting in the background already (1), and in how many ms it is due.
 */
export const addScript = `${shared}
  -- Whether the bell waits in the background: the few oldest jobs tell
  local function hasOnlyBackground(key)
    local ids = redis.call('ZRANGE', at('mail:' .. key), 0, 9)
    for _, id in ipairs(ids) do
      if redis.call('HGET', at('job:' .. id), 'urgency') == 'now' then return false end
    end
    return #ids > 0
  end
  local bells, order = {}, {}
  for i = 1, #ARGV, 5 do
    local id, key, data, urgency, delay = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], tonumber(ARGV[i + 4])
    if redis.call('EXISTS', at('done:' .. id)) == 0 then
      if redis.call('ZREM', at('dead'), id) == 1 then redis.call('DEL', at('job:' .. id)) end
      local isBackground = urgency == 'now' and hasOnlyBackground(key)
      if redis.call('EXISTS', at('job:' .. id)) == 0 then
        redis.call('HSET', at('job:' .. id), 'key', key, 'data', data, 'urgency', urgency, 'tries', 0, 'due', now + delay)
        wait(id, key, now + delay)
      end
      local bell = bells[key]
      if not bell then
        bell = { key, 'background', '0', delay }
        bells[key] = bell
        table.insert(order, bell)
      end
      bell[4] = math.min(bell[4], delay)
      if urgency == 'now' then
        bell[2] = 'now'
        if isBackground then bell[3] = '1' end
      end
    end
  end
  return order
`;

/** ARGV: key, token. Returns the jobs that are due: id, data, urgency, tries of each; else in how many ms one is, or -1. */
export const takeScript = `${shared}
  local key, token = ARGV[1], ARGV[2]
  -- Whoever held the key before is gone: only one worker at a time asks for it
  for _, id in ipairs(redis.call('SMEMBERS', at('held:' .. key))) do
    letGo(id, key)
    if redis.call('EXISTS', at('job:' .. id)) == 1 then wait(id, key, redis.call('HGET', at('job:' .. id), 'due')) end
  end
  local taken = {}
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', at('mail:' .. key), '-inf', now)) do
    local job = redis.call('HMGET', at('job:' .. id), 'data', 'urgency')
    hold(id, key)
    if job[1] then
      table.insert(taken, { id, job[1], job[2], redis.call('HINCRBY', at('job:' .. id), 'tries', 1) })
    else
      -- Somebody deleted a part of the queue
      letGo(id, key)
    end
  end
  if #taken == 0 then return nextDue(key) end
  redis.call('SET', at('token:' .. key), token)
  return taken
`;

/**
 * ARGV: key, token, retention; then id, what became of it, what that needs, and tries of each job. Returns in how many ms
 * the next job of the key is due, -1 where there is none, -2 where the token is another's.
 */
export const settleScript = `${shared}
  local key, token, retention = ARGV[1], ARGV[2], ARGV[3]
  if redis.call('GET', at('token:' .. key)) ~= token then return -2 end
  redis.call('DEL', at('token:' .. key))
  for i = 4, #ARGV, 4 do
    local id, kind, detail, tries = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
    letGo(id, key)
    if kind == 'done' then
      redis.call('DEL', at('job:' .. id))
      redis.call('SET', at('done:' .. id), '', 'PX', retention)
    elseif kind == 'again' then
      local due = now + detail
      redis.call('HSET', at('job:' .. id), 'tries', tries, 'due', due)
      wait(id, key, due)
    else
      redis.call('HSET', at('job:' .. id), 'error', detail, 'died', now)
      redis.call('ZADD', at('dead'), now, id)
    end
  end
  return nextDue(key)
`;

/** Returns how many wait, are delayed, held, dead, and for how long the oldest waits, or -1. */
export const countsScript = `${shared}
  local first = redis.call('ZRANGEBYSCORE', at('waiting'), '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)
  return {
    redis.call('ZCOUNT', at('waiting'), '-inf', now),
    redis.call('ZCOUNT', at('waiting'), '(' .. now, '+inf'),
    redis.call('ZCARD', at('held')),
    redis.call('ZCARD', at('dead')),
    #first == 0 and -1 or now - first[2],
  }
`;

/** ARGV: how many. Returns id, key, data, urgency, tries, error, died of the newest dead letters. */
export const deadLettersScript = `${shared}
  local letters = {}
  for _, id in ipairs(redis.call('ZREVRANGE', at('dead'), 0, ARGV[1] - 1)) do
    local job = redis.call('HMGET', at('job:' .. id), 'key', 'data', 'urgency', 'tries', 'error', 'died')
    table.insert(letters, { id, unpack(job) })
  end
  return letters
`;

/** ARGV: at most how many. Has dead letters wait again; returns the key of each. */
export const retryDeadLettersScript = `${shared}
  local keys = {}
  for _, id in ipairs(redis.call('ZRANGE', at('dead'), 0, ARGV[1] - 1)) do
    redis.call('ZREM', at('dead'), id)
    local key = redis.call('HGET', at('job:' .. id), 'key')
    redis.call('HDEL', at('job:' .. id), 'error', 'died')
    redis.call('HSET', at('job:' .. id), 'tries', 0, 'due', now)
    wait(id, key, now)
    table.insert(keys, key)
  end
  return keys
`;

/** ARGV: for how long at least, at most how many. Returns keys whose mail has been due for so long. */
export const overdueScript = `${shared}
  local keys = {}
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', at('waiting'), '-inf', now - ARGV[1], 'LIMIT', 0, ARGV[2])) do
    local key = redis.call('HGET', at('job:' .. id), 'key')
    if key then table.insert(keys, key) else redis.call('ZREM', at('waiting'), id) end
  end
  return keys
`;

/** ARGV: for how long letters are kept. */
export const pruneScript = `${shared}
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', at('dead'), '-inf', now - ARGV[1], 'LIMIT', 0, 1000)) do
    redis.call('DEL', at('job:' .. id))
    redis.call('ZREM', at('dead'), id)
  end
`;
