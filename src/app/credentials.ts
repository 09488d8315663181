import { statusOf } from '../github/http/status-of.ts';
import type { Clients } from './clients.ts';

/** How long an answer of GitHub holds; the probes of an orchestrator come every few seconds. */
const goodForMs = 300_000;
const badForMs = 15_000;

/**
 * Asks whether GitHub knows the App by its credentials: null, or what is wrong in words that strangers may read. Where
 * GitHub is out of reach, what it said last holds.
 */
export function createCredentialsProbe({ app }: Pick<Clients, 'app'>, now: () => number): () => Promise<string | null> {
  let said: { readonly wrong: string | null; readonly until: number } | null = null;
  let asking: Promise<string | null> | null = null;

  async function ask(): Promise<string | null> {
    const wrong = await whatIsWrong(app(AbortSignal.timeout(5000)), said?.wrong);
    said = { wrong, until: now() + (wrong === null ? goodForMs : badForMs) };
    return wrong;
  }

  return async () => {
    if (said !== null && now() < said.until) return said.wrong;
    // Probes that come at the same time ask once
    asking ??= ask().finally(() => (asking = null));
    return await asking;
  };
}

async function whatIsWrong(
  client: ReturnType<Clients['app']>,
  before: string | null | undefined,
): Promise<string | null> {
  try {
    await client.request('GET /app', { request: { retries: 0 } });
    return null;
  } catch (error) {
    const status = statusOf(error);
    if (status === 401 || status === 404) return 'GitHub does not know the app by these credentials';
    return before === undefined ? 'GitHub is out of reach' : before;
  }
}
