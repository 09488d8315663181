import { describe, expect, test } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { processTerminal } from '../../src/cli/terminal.ts';

function terminalOf(stdout: object, env: Record<string, string>) {
  const host = { stdout, stderr: {}, env, cwd: () => '/' };
  return processTerminal(host as NodeJS.Process);
}

const person = { isTTY: true, columns: 80 };
const file = {};

describe('color', () => {
  test.each([
    ['is for people', person, {}, true],
    ['is not for files and pipes', file, {}, false],
    ['is refused by NO_COLOR', person, { NO_COLOR: '1' }, false],
    ['is not refused by an empty NO_COLOR', person, { NO_COLOR: '' }, true],
    ['is not for a dumb terminal', person, { TERM: 'dumb' }, false],
    ['is forced by FORCE_COLOR, as in the log of a workflow', file, { FORCE_COLOR: '1' }, true],
    ['is forced by FORCE_COLOR in spite of NO_COLOR', file, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['is refused by FORCE_COLOR=0', person, { FORCE_COLOR: '0' }, false],
  ])('%s', (_, stdout, env, colour) => {
    expect(terminalOf(stdout, env).out.colour).toBe(colour);
  });

  test('of messages follows where they go, not where results go', () => {
    expect(terminalOf(person, {}).err.colour).toBe(false);
  });
});

test('lines are as wide as the window, and 120 columns where there is none', () => {
  expect(terminalOf(person, {}).out.width).toBe(80);
  expect(terminalOf(file, {}).out.width).toBe(120);
  expect(terminalOf({ isTTY: true, columns: 0 }, {}).out.width).toBe(120);
});

describe('an error', () => {
  test('of the world is told with all its causes', () => {
    const error = new Error('could not read', { cause: new Error('git failed', { cause: new Error('no disk') }) });
    expect(explain(error)).toBe('scalegate: could not read\n  because git failed\n  because no disk');
  });

  test('with several lines keeps them, without control characters', () => {
    expect(explain(new Error('one\n\u001b[31mtwo'))).toBe('scalegate: one\n    [31mtwo');
  });

  test('of ours is told with its trace and where to report it', () => {
    expect(explain(new TypeError('x is not a function'))).toMatch(
      /^TypeError: x is[^]*at [^]*This is a bug in scalegate/,
    );
  });
});
