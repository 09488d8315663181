import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { describeProgram } from '../../src/cli/program.ts';
import { version } from '../../src/core/version.ts';
import { runCli, runSession } from './run-cli.ts';

test('the help of every command', async () => {
  const terminal = {
    directory: '/',
    today: '2026-08-01',
    env: {},
    input: () => Promise.resolve(''),
    out: silent,
    err: silent,
  };
  const program = describeProgram({ terminal, done: () => undefined, run: main });
  const session = await runSession(
    '/',
    namesBelow(program).map((names) => [...names, '--help'].join(' ')),
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

const silent = { colour: false, width: 100, print: () => undefined };

/** The names of a command and of all below it, the program's own left out. */
function namesBelow(command: Command): string[][] {
  return [[], ...command.commands.flatMap((each) => namesBelow(each).map((names) => [each.name(), ...names]))];
}
