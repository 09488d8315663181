import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPage } from '../../src/core/report/outputs/html/html.ts';
import { change, evaluate, large, xl } from '../support/a-pull-request.ts';
import { accessFaults, findBrowser, launch } from '../support/browser.ts';

const found = await findBrowser();

describe.skipIf(found === null)('the report of a pull request as a page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scalegate-report-'));
  const file = join(folder, 'report.html');
  let browser: Browser;

  beforeAll(async () => {
    const tooLarge = xl.replace('activation_checkpointing: full', 'activation_checkpointing: none');
    writeFileSync(file, renderPage(evaluate([change('configs/large.yaml', large, tooLarge)]), '1.0.0'));
    browser = await launch(found!);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  test.each(['light', 'dark'] as const)('is read from a disk, by eye and by screen reader, %s', async (colorScheme) => {
    const page = await browser.newPage({ colorScheme });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    await page.goto(`file://${file}`);
    expect(await page.locator('.verdict').textContent()).toMatch(/^Does not fit: /);
    expect(complaints).toEqual([]);
    expect(await accessFaults(page)).toEqual([]);
  });

  test('is as wide as a phone', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.goto(`file://${file}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  });
});
