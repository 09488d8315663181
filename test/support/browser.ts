import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser as Driven, type Page } from 'playwright-core';
import { orSkip, unpackPackage } from './debian-package.ts';

/** A Chromium to test with. */
export interface Browser {
  readonly path: string;
  readonly env: NodeJS.ProcessEnv;
}

/** That of the machine, else that of Debian's package; null where there is none. */
export async function findBrowser(): Promise<Browser | null> {
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' });
  if (status === 0) return { path: stdout.trim(), env: process.env };
  const unpacked = await unpackPackage('chromium');
  if (typeof unpacked !== 'string')
    return { path: join(unpacked.root, 'usr/lib/chromium/chromium'), env: unpacked.env };
  orSkip(unpacked);
  return null;
}

/** Starts it, for tests that type, click and look. */
export function launch({ path, env }: Browser): Promise<Driven> {
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
  return chromium.launch({ executablePath: path, env, args: flags });
}

/** What keeps a page from being read with a screen reader or in its colours, by axe: the rule and where. */
export async function accessFaults(page: Page): Promise<unknown> {
  // The page's own policy keeps scripts out: axe comes through the browser's tools, not through the page
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  return page.evaluate('axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))');
}

export interface OpenedPage {
  /** The document after the browser has loaded it. */
  readonly dom: string;
  /** What the page said on the console, and what the browser complains of: a style that the policy forbids, say. */
  readonly complaints: readonly string[];
}

/** Opens an address, and takes a picture of it where it is told to. */
export async function openInBrowser(
  { path, env }: Browser,
  url: string,
  { screenshot, dark = false }: { readonly screenshot?: string; readonly dark?: boolean } = {},
): Promise<OpenedPage> {
  const profile = mkdtempSync(join(tmpdir(), 'scalegate-browser-'));
  try {
    const look = ['--window-size=900,700', ...(dark ? ['--blink-settings=preferredColorScheme=0'] : [])];
    // Chromium's sandbox does not run for root
    const always = [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      `--user-data-dir=${profile}`,
      '--enable-logging=stderr',
    ];
    const picture = screenshot === undefined ? [] : [`--screenshot=${screenshot}`];
    const { stdout, stderr } = await run(path, [...always, ...look, ...picture, '--dump-dom', url], {
      env,
      maxBuffer: 16 * 1024 * 1024,
      timeout: 60_000,
    });
    return { dom: stdout, complaints: stderr.split('\n').filter((line) => line.includes(':CONSOLE')) };
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

const run = promisify(execFile);
