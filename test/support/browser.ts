import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { whyWithout } from './debian-package.ts';

/** Why there is no browser to test with, or null where there is one. */
export function whyNoBrowser(): Promise<string | null> {
  return whyWithout('chromium', 'chromium');
}

/** Where it is: drivers want a path, not a name to look up. */
export function browserPath(): string {
  return execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
}

export interface OpenedPage {
  /** The document after the browser has loaded it. */
  readonly dom: string;
  /** What the page said on the console, and what the browser complains of: a style that the policy forbids, say. */
  readonly complaints: readonly string[];
}

/** Opens an address in Debian's Chromium, and takes a picture of it where it is told to. */
export async function openInBrowser(
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
    const { stdout, stderr } = await run('chromium', [...always, ...look, ...picture, '--dump-dom', url], {
      maxBuffer: 16 * 1024 * 1024,
      timeout: 60_000,
    });
    return { dom: stdout, complaints: stderr.split('\n').filter((line) => line.includes(':CONSOLE')) };
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

const run = promisify(execFile);
