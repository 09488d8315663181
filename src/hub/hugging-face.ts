import type { FileContent } from '../core/source-file.ts';
import { withoutEnd } from '../core/without-end.ts';

/** A config.json has a few kilobytes; the largest, of models with many quantized layers listed, some tens. */
const maxBytes = 200_000;
const timeoutMs = 5000;
const maxRedirects = 3;
/** Names move and models are mended: an answer is good for an hour, and no answer for a minute. */
const goodForMs = 3_600_000;
const failedForMs = 60_000;
const mostKept = 500;

/** What the world gives: the address of the Hub (huggingface_hub's own variable names a mirror), and how to ask. */
export interface HubOptions {
  readonly endpoint?: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => number;
}

/** Reads one small file of the Hub by its canonical address; never throws. */
export type Hub = (url: string) => Promise<FileContent>;

/**
 * The Hugging Face Hub, without a token: what is public is read, everything else is said to be unreadable. Answers are
 * kept, also between evaluations of one process.
 */
export function createHub({
  endpoint = process.env['HF_ENDPOINT'] ?? 'https://huggingface.co',
  fetch = globalThis.fetch,
  now = Date.now,
}: HubOptions = {}): Hub {
  const kept = new Map<string, { readonly answer: Promise<FileContent>; readonly until: number }>();
  return async (url) => {
    const known = kept.get(url);
    if (known !== undefined && known.until > now()) return known.answer;
    const answer = read(url.replace('https://huggingface.co', withoutEnd(endpoint, '/')), fetch);
    kept.delete(url);
    kept.set(url, { answer, until: now() + goodForMs });
    for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
    if ('unreadable' in (await answer)) kept.set(url, { answer, until: now() + failedForMs });
    return answer;
  };
}

async function read(url: string, fetch: typeof globalThis.fetch): Promise<FileContent> {
  try {
    return await follow(new URL(url), fetch, AbortSignal.timeout(timeoutMs));
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return { unreadable: isLate ? `did not answer within ${timeoutMs / 1000} s` : 'could not be reached' };
  }
}

/** Follows redirects on the Hub itself (a renamed model); to another host, where large files lie, none. */
async function follow(start: URL, fetch: typeof globalThis.fetch, signal: AbortSignal): Promise<FileContent> {
  let url = start;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const response = await fetch(url, { redirect: 'manual', signal, headers: { 'user-agent': 'scalegate' } });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return contentOfAnswer(response);
    await response.body?.cancel();
    url = new URL(location, url);
    if (url.origin !== start.origin) return { unreadable: 'leads to another host, which is not asked' };
  }
  return { unreadable: 'leads around in a circle' };
}

async function contentOfAnswer(response: Response): Promise<FileContent> {
  if (response.status === 401 || response.status === 403) {
    await response.body?.cancel();
    // The Hub answers so for models that do not exist, too, where nobody is signed in
    return { unreadable: 'is gated, private, or does not exist' };
  }
  if (!response.ok) {
    await response.body?.cancel();
    return { unreadable: response.status === 404 ? 'does not exist' : `answers with status ${response.status}` };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return { unreadable: `is longer than ${maxBytes} bytes` };
    chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString() };
}
