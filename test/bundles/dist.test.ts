import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('dist is what the sources build: run "npm run build" and commit it', () => {
  const out = mkdtempSync(join(tmpdir(), 'scalegate-dist-'));
  execFileSync(process.execPath, ['scripts/build.ts', out], { cwd: root });
  const files = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  expect(files(join(root, 'dist'))).toEqual(files(out));
  for (const file of files(out).filter((path) => path.includes('.'))) {
    const same = readFileSync(join(root, 'dist', file)).equals(readFileSync(join(out, file)));
    expect(same, `dist/${file} is not what the sources build`).toBe(true);
  }
  rmSync(out, { recursive: true });
}, 180_000);
