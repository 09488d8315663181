import { spawn } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { largeMovedToXl, sampleConfig } from '../support/sample-repository.ts';
import { sampleRepository, ScratchFolder } from './scratch-folder.ts';

const bundle = resolve(import.meta.dirname, '../../dist/cli/index.js');

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a shell command in which `scalegate` is the bundle, with nothing but a PATH in its environment. */
function shell(directory: string, command: string, program = bundle): Promise<Ended> {
  const script = `scalegate() { "${process.execPath}" "${program}" "$@"; }; ${command}`;
  return new Promise((done, fail) => {
    const child = spawn('sh', ['-c', script], { cwd: directory, env: { PATH: process.env['PATH'] } });
    const said = { out: '', err: '' };
    child.stdout.on('data', (chunk) => (said.out += String(chunk)));
    child.stderr.on('data', (chunk) => (said.err += String(chunk)));
    child.on('error', fail);
    child.on('close', (status) => {
      done({ status, ...said });
    });
  });
}

describe('the bundled command line ends with', () => {
  test('0 for an estimate', async () => {
    const { status, out, err } = await shell(sampleRepository().path, 'scalegate estimate configs/large.yaml');
    expect(out).toMatch(/^configs\/large\.yaml /);
    expect([status, err]).toEqual([0, '']);
  });

  test('1 for a plan that physics contradicts', async () => {
    expect((await shell(sampleRepository().path, 'scalegate plan lint')).status).toBe(1);
  });

  test('2 for a command line that it does not understand', async () => {
    expect((await shell('/', 'scalegate esitmate')).status).toBe(2);
  });

  test('3 for a jump that waits for an approval', async () => {
    const repository = sampleRepository();
    repository.write({ 'configs/large.yaml': largeMovedToXl() });
    expect((await shell(repository.path, 'scalegate diff')).status).toBe(3);
  });
});

test('it runs with nothing installed around it', async () => {
  const { path } = new ScratchFolder({ 'large.yaml': sampleConfig('large.yaml') });
  cpSync(resolve(bundle, '..'), join(path, 'scalegate'), { recursive: true });
  const { status, out } = await shell(path, 'scalegate estimate large.yaml', join(path, 'scalegate/index.js'));
  expect([status, out.startsWith('large.yaml ')]).toEqual([0, true]);
});

describe('pipes and files', () => {
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [`configs/${index}.yaml`, sampleConfig('large.yaml')]),
  );

  test('a reader that stops early is no failure, however much was still to come', async () => {
    const { path } = new ScratchFolder(many);
    const command = '{ scalegate estimate configs --json; echo "status $?" >&2; } | head -c 10';
    expect(await shell(path, command)).toEqual({ status: 0, out: '{"schema_v', err: 'status 0\n' });
  });

  test('a reader that stops early does not hide a failure', async () => {
    const { path } = new ScratchFolder({ ...many, 'configs/broken.yaml': 'scalegate: [' });
    const command = '{ scalegate estimate configs --json; echo "status $?" >&2; } | head -c 10';
    expect((await shell(path, command)).err).toBe('status 2\n');
  });

  test('everything arrives in a file', async () => {
    const { path } = new ScratchFolder(many);
    expect((await shell(path, 'scalegate estimate configs --json > all.jsonl; wc -l < all.jsonl')).out.trim()).toBe(
      '100',
    );
  });

  test('a closed standard input and a closed output are no failure', async () => {
    const { path } = new ScratchFolder({ 'large.yaml': sampleConfig('large.yaml') });
    expect(await shell(path, 'scalegate estimate large.yaml <&- >&-')).toEqual({ status: 0, out: '', err: '' });
  });

  test.runIf(existsSync('/dev/full'))('a full disk is a failure', async () => {
    const { path } = new ScratchFolder({ 'large.yaml': sampleConfig('large.yaml') });
    expect((await shell(path, 'scalegate estimate large.yaml > /dev/full')).status).toBe(2);
  });
});
