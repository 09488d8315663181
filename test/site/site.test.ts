import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessFaults, findBrowser, launch } from '../support/browser.ts';

const root = resolve(import.meta.dirname, '../..');
const found = await findBrowser();

describe.skipIf(found === null)('the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-site-'));
  let server: Server;
  let browser: Browser;
  let address: string;

  beforeAll(async () => {
    const vite = join(root, 'node_modules/.bin/vite');
    execFileSync(vite, ['build', 'site', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], { cwd: root });
    server = createServer((request, response) => {
      const path = join(folder, request.url === '/' ? 'index.html' : (request.url ?? ''));
      response.setHeader('content-type', types[extname(path)] ?? 'text/html');
      response.end(readFileSync(path));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    browser = await launch(found!);
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  });

  test('answers at once, without a complaint of the browser and without a request to anybody', async () => {
    const { page, complaints, requests } = await open();
    await expect.poll(() => verdictOf(page)).toMatch(/^Fits: [\d.]+ GiB of 79/);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(address))).toEqual([]);
  });

  test('moves with its fields, and a link holds what they say', async () => {
    const { page } = await open();
    await page.getByLabel('Activation checkpointing').selectOption('none');
    await page.getByLabel('Micro batch size').fill('16');
    await expect.poll(() => verdictOf(page)).toMatch(/^Does not fit: /);
    const { page: again } = await open(new URL(page.url()).hash);
    expect(await verdictOf(again)).toBe(await verdictOf(page));
  });

  test('reads a config that is pasted, and says at which line one is wrong', async () => {
    const { page } = await open();
    await page.getByText('Paste a config instead').click();
    await page
      .getByLabel('Config', { exact: true })
      .fill('scalegate: 1\nmodel: { id: Qwen/Qwen3-8B }\ntraining: { metod: lora }\n');
    await expect.poll(() => page.locator('#result').textContent()).toContain('config.yaml:3:13');
  });

  test('shows what is pasted as text, never as markup', async () => {
    const { page } = await open();
    await page.getByText('Paste a config instead').click();
    const hostile = 'scalegate: 1\nname: "<img src=x onerror=alert(1)>"\nmodel: { id: "<b>x</b>" }\n';
    await page.getByLabel('Config', { exact: true }).fill(hostile);
    await expect.poll(() => page.locator('#result').textContent()).toContain('<b>x</b>');
    expect(await page.locator('#result img, #result b').count()).toBe(0);
  });

  test.each(['light', 'dark'] as const)('can be read with a screen reader and by contrast, %s', async (colorScheme) => {
    const { page } = await open('', { colorScheme });
    expect(await accessFaults(page)).toEqual([]);
  });

  test('is as wide as a phone, and every field is reached by the keyboard', async () => {
    const { page } = await open('', { viewport: { width: 390, height: 844 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    await page.getByLabel('Model').focus();
    const names: unknown[] = [];
    for (let step = 0; step < 13; step += 1) {
      names.push(await page.evaluate('document.activeElement.name ?? document.activeElement.tagName'));
      await page.keyboard.press('Tab');
    }
    expect(names).toEqual(expect.arrayContaining(['model', 'sequence', 'batch', 'gpu', 'count', 'price']));
  });

  async function open(hash = '', options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(`${address}${hash}`);
    return { page, complaints, requests };
  }
});

const types: Record<string, string> = { '.js': 'text/javascript', '.svg': 'image/svg+xml' };

function verdictOf(page: Page): Promise<string | null> {
  return page.locator('.verdict').textContent();
}
