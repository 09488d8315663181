import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { someSettings } from '../../test/support/some-settings.ts';
import { startApp } from './main.ts';

test('a port that is taken is an error, and the queue is let go of', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-main-'));
  const file = join(folder, 'queue.sqlite');
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  await expect(startApp({ settings: someSettings({ PORT: String(port), QUEUE_FILE: file }) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  // SQLite removes its log when the last connection to the file is closed
  expect([existsSync(file), existsSync(`${file}-wal`)]).toEqual([true, false]);
  other.close();
  rmSync(folder, { recursive: true });
});
