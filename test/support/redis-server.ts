import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** A Redis of a test's own: on a free port of the loopback, nothing kept on disk. */
export class RedisServer {
  readonly port: number;
  readonly #arguments: readonly string[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'scalegate-redis-'));
  #process: ChildProcess | null = null;

  private constructor(port: number, args: readonly string[]) {
    this.port = port;
    this.#arguments = args;
  }

  static async start(...args: readonly string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), args);
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const fixed = ['--port', `${this.port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#process = spawn('redis-server', [...fixed, ...this.#arguments], { cwd: this.#folder, stdio: 'ignore' });
    const probe = new Redis(this.port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: null });
    probe.on('error', () => undefined);
    // NOAUTH is an answer as well
    await probe.ping().catch(() => undefined);
    probe.disconnect();
  }

  async stop(): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (server === null) return;
    server.kill('SIGKILL');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * Why there is no Redis to test with, or null where there is one: that of the machine, else Debian's package, which is
 * installed where that can be done. CI goes without for no reason.
 */
export async function whyNoRedis(env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  if (isInstalled()) return null;
  const reason = await install();
  if (reason !== null && env['CI'] === 'true') throw new Error(`CI tests the Redis queue, but ${reason}`);
  if (reason !== null) console.warn(`The tests of the Redis queue are skipped: ${reason}`);
  return reason;
}

function isInstalled(): boolean {
  return spawnSync('redis-server', ['--version']).status === 0;
}

/** One test file at a time: the others wait for it and find Redis installed. */
async function install(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'redis-server is not on the PATH, and only root could install it';
  if (spawnSync('apt-get', ['--version']).status !== 0) return 'there is neither redis-server nor apt-get';
  const lock = join(tmpdir(), 'scalegate-install-redis.lock');
  for (;;) {
    if (isInstalled()) return null;
    if (takeLock(lock)) break;
    await sleep(200);
  }
  try {
    const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    const command = ['install', '-y', '--no-install-recommends', 'redis-server'];
    if (spawnSync('apt-get', command, quiet).status === 0) return null;
    spawnSync('apt-get', ['update'], quiet);
    return spawnSync('apt-get', command, quiet).status === 0 ? null : 'apt-get could not install redis-server';
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A lock that is older than any installation was left by a run that was killed. */
function takeLock(lock: string): boolean {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  if (age > 5 * 60_000) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a port was asked for');
  return address.port;
}
