import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { estimateConfig } from './estimate-config.ts';
import { readGuards } from './guards.ts';
import { OpenedFiles } from './reading/opened-files.ts';

const folder = join(import.meta.dirname, 'formats');
const dialects = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const extensions: Readonly<Record<string, string>> = { bash: 'sh', shell: 'sh', python: 'py' };

function exampleOf(dialect: string): { path: string; text: string } {
  const readme = readFileSync(join(folder, dialect, 'readme.md'), 'utf8');
  const [, syntax = '', text = ''] = /^```(\w+)\n([^]*?)^```$/m.exec(readme) ?? [];
  return { path: `runs/example.${extensions[syntax] ?? syntax}`, text };
}

/** What nobody means where a size, a name or a list is expected. */
const values = fc.oneof(
  fc.constantFrom('-1', '0', '0.5', '1e308', '99999999999999999999', 'NaN', '.inf', 'null', 'true', '""', '[]', '{}'),
  fc.constantFrom(
    '[[[[1]]]]',
    '${a.b}',
    '${x:-${y}}',
    '$((1/0))',
    '$(rm -rf /)',
    '../../etc/passwd',
    '&a [*a]',
    '!!python/object:os.system 1',
  ),
  fc.constantFrom('{"__proto__": {"polluted": true}}', '010', '1:30', 'yes', '1_000', '٣', '\u0000', 'x'.repeat(5000)),
);
const keys = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '<<',
  '',
  '0',
  'defaults',
);

/** One edit of one line: without it, twice, with another value, or with another key. */
const edit = fc.tuple(fc.nat(), fc.constantFrom('delete', 'double', 'value', 'key'), values, keys);

function edited(text: string, edits: readonly (readonly [number, string, string, string])[]): string {
  const lines = text.split('\n');
  for (const [at, kind, value, key] of edits) {
    const index = at % lines.length;
    const line = lines[index] ?? '';
    if (kind === 'delete') lines.splice(index, 1);
    else if (kind === 'double') lines.splice(index, 0, line);
    else if (kind === 'value')
      lines[index] = line.replace(/([:=]\s*|--[\w-]+[ =])[^\s,:=]+/, (_, start: string) => start + value);
    else lines[index] = line.replace(/[A-Za-z_][\w.-]*(?=["']?\s*[:= ])/, () => key);
    if (lines.length === 0) lines.push('');
  }
  return lines.join('\n');
}

const guards = readGuards(null);

describe('a config of each dialect, however it is mutilated, is estimated or has problems', () => {
  afterEach(() => {
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each(dialects.map(({ name }) => name))('%s', (name) => {
    const { path, text } = exampleOf(name);
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const files = new OpenedFiles([[path, { text: edited(text, edits) }]]);
        const reading = estimateConfig(path, files, guards);
        if (reading.isConfig && reading.estimated === null) expect(reading.problems).not.toEqual([]);
        const { memory, compute } = reading.estimated?.estimate ?? {};
        for (const figure of [memory?.peakBytes, memory?.lowBytes, memory?.highBytes, compute?.gpuHours ?? 0]) {
          expect(Number.isNaN(figure)).toBe(false);
        }
        for (const { place } of reading.problems) expect(place.line).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
