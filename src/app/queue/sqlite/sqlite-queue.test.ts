import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from '../../../../test/support/fake-clock.ts';
import { until } from '../../../../test/support/until.ts';
import type { Job, Queue } from '../queue.ts';
import { openSqliteQueue, type SqliteQueueOptions } from './sqlite-queue.ts';

const second = 1_000;
const hour = 3600 * second;
const day = 24 * hour;

let folder: string;
let path: string;
let clock: FakeClock;
let opened: Queue[];
let warnings: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scalegate-queue-'));
  path = join(folder, 'data', 'queue.db');
  clock = new FakeClock();
  opened = [];
  warnings = [];
});

afterEach(async () => {
  const closed = Promise.all(opened.map((queue) => queue.close()));
  await clock.advance(10 * second);
  await closed;
  rmSync(folder, { recursive: true, force: true });
});

function open(options: SqliteQueueOptions = {}): Queue {
  const queue = openSqliteQueue(path, { clock, warn: (message) => warnings.push(message), ...options });
  opened.push(queue);
  return queue;
}

const job: Job = { id: 'a', key: 'acme/training#1', data: null, urgency: 'now' };
const one = { concurrency: 1 };

test('tries are ever further apart, about an hour in all, and half of each wait is left to chance', async () => {
  let tries = 0;
  const queue = open({ random: () => 0.5 });
  queue.start(() => {
    tries += 1;
    return Promise.reject(new Error('no'));
  }, one);
  await queue.add([job]);
  await clock.leap(0);
  expect(tries).toBe(1);
  for (const [index, seconds] of [1.5, 4.5, 13.5, 40.5, 121.5, 364.5, 675, 675, 675].entries()) {
    await clock.leap(seconds * second - 1);
    expect(tries).toBe(index + 1);
    await clock.leap(1);
    expect(tries).toBe(index + 2);
  }
  expect(await queue.counts()).toMatchObject({ dead: 1, delayed: 0 });
});

test('a lease is renewed while its handler runs, and taken over when it is not', async () => {
  const taken: string[] = [];
  const forever = (name: string) => () => {
    taken.push(name);
    return new Promise<void>(() => undefined);
  };
  const first = open({ leaseMs: 30 * second });
  first.start(forever('first'), one);
  await first.add([job]);
  await clock.advance(second);
  const next = open({ leaseMs: 30 * second });
  next.start(forever('next'), one);
  await clock.advance(5 * 60 * second);
  expect(taken).toStrictEqual(['first']);

  const closed = first.close();
  await clock.advance(2 * second);
  await closed;
  expect(taken).toStrictEqual(['first']);
  await clock.advance(30 * second);
  expect(taken).toStrictEqual(['first', 'next']);
});

test('what was completed is remembered for longer than GitHub sends it again, and then forgotten', async () => {
  const queue = open();
  queue.start(() => Promise.resolve(), one);
  await queue.add([job]);
  await clock.advance(second);
  await clock.leap(8 * day);
  expect(await queue.isDone('a')).toBe(true);
  await clock.leap(7 * day);
  expect(await queue.isDone('a')).toBe(false);
});

test('the oldest job says for how long it has waited', async () => {
  const queue = open();
  await queue.add([job, { ...job, id: 'b', delayMs: hour }]);
  await clock.advance(90 * second);
  expect(await queue.counts()).toStrictEqual({
    waiting: 1,
    delayed: 1,
    active: 0,
    dead: 0,
    oldestWaitingMs: 90 * second,
  });
});

test('a job that is no JSON is refused, and none that came with it from others', async () => {
  const queue = open();
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;
  const results = await Promise.allSettled([queue.add([{ ...job, id: 'b', data: cyclic }]), queue.add([job])]);
  expect(results.map(({ status }) => status)).toStrictEqual(['rejected', 'fulfilled']);
  expect(await queue.counts()).toMatchObject({ waiting: 1 });
});

describe('a file that cannot be used is put aside with a warning, and the queue works', () => {
  test.each([
    {
      what: 'is no database',
      write: () => {
        writeFileSync(path, 'this is not a database, '.repeat(100));
      },
    },
    {
      what: 'is of another version',
      write: () => {
        const database = new DatabaseSync(path);
        database.exec('PRAGMA user_version = 99');
        database.close();
      },
    },
    {
      what: 'is damaged in the middle',
      write: () => {
        const database = new DatabaseSync(path);
        database.exec('CREATE TABLE t (x TEXT); CREATE INDEX i ON t (x)');
        const insert = database.prepare('INSERT INTO t VALUES (?)');
        database.exec('BEGIN');
        for (let row = 0; row < 2000; row += 1) insert.run(`row ${row}`);
        database.exec('COMMIT');
        const { size } = database.prepare('SELECT COUNT(*) * 40 AS size FROM t').get() as { size: number };
        database.close();
        writeFileSync(path, Buffer.alloc(Math.floor(size / 2), 0xa5), { flag: 'r+' });
      },
    },
  ])('that $what', async ({ write }) => {
    await open().close();
    rmSync(path);
    write();
    const queue = open();
    await queue.add([job]);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch('an empty queue takes its place');
    expect(readdirSync(join(folder, 'data')).filter((name) => name.includes('.damaged-'))).not.toStrictEqual([]);
  });
});

test('a file that is damaged while it is used is replaced, and what is added then is kept', async () => {
  const queue = open();
  await queue.add([job]);
  writeFileSync(path, Buffer.alloc(100_000, 0xa5), { flag: 'r+' });
  for (const suffix of ['-wal', '-shm']) writeFileSync(`${path}${suffix}`, Buffer.alloc(100_000, 0xa5));
  await queue.add([{ ...job, id: 'b' }]).catch(() => undefined);
  await queue.add([{ ...job, id: 'c' }]);
  expect((await queue.counts()).waiting).toBeGreaterThan(0);
});

test('a file that is deleted is written anew, by every process that uses it', async () => {
  const queue = open();
  const other = open();
  await queue.add([job]);
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  await queue.add([{ ...job, id: 'b' }]);
  await other.add([{ ...job, id: 'c' }]);
  expect(await queue.counts()).toMatchObject({ waiting: 2 });
  expect(await open().counts()).toMatchObject({ waiting: 2 });
  expect(warnings).toHaveLength(2);
});

test('an alarm is raised once for a job that takes its worker down at every try', async () => {
  const letters: string[] = [];
  const options = { maxTries: 2, leaseMs: 3 * second, alarm: ({ error }: { error: string }) => letters.push(error) };
  for (let crash = 0; crash < 2; crash += 1) {
    const queue = open(options);
    let runs = 0;
    queue.start(() => {
      runs += 1;
      return new Promise<void>(() => undefined);
    }, one);
    await queue.add([job]);
    await clock.advance(4 * second);
    await until('it runs', () => runs === 1);
    const closed = queue.close();
    await clock.advance(2 * second);
    await closed;
  }
  const last = open(options);
  last.start(() => Promise.reject(new Error('it is not handed over')), one);
  await clock.advance(4 * second);
  expect(letters).toStrictEqual(['The worker ended in the middle of each of 2 tries']);
});
