import { randomUUID } from 'node:crypto';
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findPostgresPrograms, type PostgresPrograms } from './postgres-programs.ts';
import { until } from './until.ts';

/** PostgreSQL does not run as root. This is `nobody`, who is on every machine and owns nothing. */
const nobody = { uid: 65_534, gid: 65_534 };

/** A PostgreSQL of a test's own: a folder and a free port of the loopback, nothing safe from a power cut. */
export class PostgresServer {
  readonly #port: number;
  readonly #programs: PostgresPrograms;
  readonly #folder = mkdtempSync(join(tmpdir(), 'scalegate-postgres-'));
  readonly #options = { cwd: this.#folder, ...(process.getuid?.() === 0 ? nobody : {}) };
  #process: ChildProcess | null = null;

  private constructor(port: number, programs: PostgresPrograms) {
    this.#port = port;
    this.#programs = programs;
    if ('uid' in this.#options) chownSync(this.#folder, nobody.uid, nobody.gid);
  }

  static async start(): Promise<PostgresServer> {
    const programs = await findPostgresPrograms();
    if (typeof programs === 'string') throw new Error(programs);
    const server = new PostgresServer(await freePort(), programs);
    await promisify(execFile)(
      join(programs.folder, 'initdb'),
      ['--pgdata=data', '--username=scalegate', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
      { ...server.#options, env: programs.env },
    );
    await server.start();
    return server;
  }

  /** Of its database for those who create others. */
  get url(): string {
    return `postgres://scalegate@127.0.0.1:${this.#port}/postgres`;
  }

  async start(): Promise<void> {
    const { folder, env } = this.#programs;
    const settings = {
      port: this.#port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: 'off',
      max_connections: 200,
      shared_buffers: '16MB',
    };
    const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.#process = spawn(join(folder, 'postgres'), ['-D', 'data', ...given], {
      ...this.#options,
      env,
      stdio: 'ignore',
    });
    await until('PostgreSQL takes connections', () => isReached(this.url));
  }

  /** Hangs up on everybody. */
  async stop(): Promise<void> {
    const server = this.#process;
    this.#process = null;
    if (server === null) return;
    server.kill('SIGINT');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Creates an empty database on a server, and returns its URL. */
export async function createDatabase(serverUrl: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await execute(serverUrl, `CREATE DATABASE ${name}`);
  return new URL(name, serverUrl).href;
}

export async function execute(url: string, sql: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function isReached(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
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
