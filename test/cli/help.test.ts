import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { version } from '../../src/core/version.ts';
import { runCli, runSession } from './run-cli.ts';

test('the help of every command', async () => {
  const commands = ['', 'estimate', 'diff', 'fit', 'explain', 'record', 'plan', 'plan lint', 'plan show', 'init'];
  const session = await runSession(
    '/',
    commands.map((command) => `${command} --help`.trim()),
  );
  await expect(session).toMatchFileSnapshot('goldens/help.txt');
});

test('help fits the terminal that it is shown on', async () => {
  const { out } = await runCli('/', '--help', { width: 76 });
  const [wrapped = ''] = out.split('\n\nExit status');
  expect(Math.max(...wrapped.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
});

test('the version is that of the package', async () => {
  const manifest = readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8');
  expect(version).toBe((JSON.parse(manifest) as { version: string }).version);
  expect(await runCli('/', '--version')).toMatchObject({ out: `${version}\n`, err: '', status: 0 });
});
