import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { main } from '../../src/cli/main.ts';
import { describeProgram } from '../../src/cli/program.ts';
import { planPaths, policyPaths } from '../../src/workspace/guards.ts';
import { readPage, readPages, type Page } from './pages.ts';

const pages = readPages();
const silent = { colour: false, width: 100, print: () => undefined };
const terminal = {
  directory: '.',
  today: '2026-08-01',
  env: {},
  input: () => Promise.resolve(''),
  out: silent,
  err: silent,
};
const program = describeProgram({ terminal, done: () => undefined, run: main });

describe('commands', () => {
  test.each(pages)('$path names none that does not exist', (page) => {
    expect(commandsIn(page).filter((command) => !exists(command))).toEqual([]);
  });

  test.each(['scalegate estimat x.yaml', 'scalegate diff --jsn', 'scalegate plan fix'])(
    '%s would be noticed',
    (command) => {
      expect(exists(command)).toBe(false);
    },
  );
});

describe('npm scripts', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

  test.each(pages)('$path names none that does not exist', (page) => {
    const names = codeOf(page).flatMap((code) => [...code.matchAll(/\bnpm run ([\w-]+)/g)].map(([, name]) => name));
    expect(names.filter((name) => !Object.hasOwn(scripts, name ?? ''))).toEqual([]);
  });
});

describe('the Action', () => {
  const action = parse(readFileSync('action.yml', 'utf8')) as Record<'inputs' | 'outputs', Record<string, unknown>>;
  const { text } = readPage('docs/action.md');

  test.each(['inputs', 'outputs'] as const)('its page lists the %s that it has', (kind) => {
    const [, section = ''] = new RegExp(`^## ${kind}\n([^]*?)^## `, 'im').exec(text) ?? [];
    expect([...section.matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name)).toEqual(Object.keys(action[kind]));
  });
});

test.each([
  ['docs/plan.md', planPaths],
  ['docs/policy.md', policyPaths],
])('%s names every place that is looked at', (path, places) => {
  const { text } = readPage(path);
  expect(
    places.filter((place) => !text.includes(`\`${place.split('/').at(-1) ?? ''}\``) && !text.includes(place)),
  ).toEqual([]);
});

function codeOf({ inlineCode, blocks }: Page): string[] {
  const commands = blocks.filter(({ lang }) => ['sh', 'console'].includes(lang ?? ''));
  return [...inlineCode, ...commands].map(({ value }) => value);
}

/**
 * `scalegate diff --json`, from inline code and from the commands of blocks, without what follows a pipe. Where a block
 * has prompts, the lines without one are what was printed: "scalegate is waiting for 1 approval".
 */
function commandsIn(page: Page): string[] {
  return codeOf(page)
    .flatMap((code) => {
      const lines = code.split('\n');
      const prompted = lines.filter((line) => line.startsWith('$ '));
      return prompted.length > 0 ? prompted : lines;
    })
    .map((line) => line.replace(/^\$ /, '').replace(/^node (?:\S*\/)?dist\/cli\/index\.js/, 'scalegate'))
    .filter((line) => /^scalegate [a-z]/.test(line))
    .map((line) => line.replace(/\s*[|;>#].*$/, ''));
}

/** Whether the program has the command of a line, and every option on it. */
function exists(line: string): boolean {
  const words = line.split(/\s+/).slice(1);
  let command: Command | undefined = program;
  while (command !== undefined && command.commands.length > 0 && /^\w/.test(words[0] ?? '')) {
    const name = words.shift();
    command = command.commands.find((sub) => sub.name() === name);
  }
  const known = ['--help', ...(command?.options.map(({ long }) => long) ?? [])];
  return command !== undefined && words.filter((word) => word.startsWith('-')).every((word) => known.includes(word));
}
