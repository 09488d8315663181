import { createClients, type Clients } from '../../src/app/clients.ts';
import { createProbot } from '../../src/app/probot.ts';
import type { AnswerCache } from '../../src/github/http/answer-cache.ts';
import { createPause, type Clock } from '../../src/github/http/patience.ts';
import { someSettings } from './some-settings.ts';
import type { GitHubWithApp } from './with-app.ts';

/** The clients of a running App on the local GitHub, without the pace that GitHub asks for. */
export async function appClients(
  { app, local }: GitHubWithApp,
  options: { readonly answers?: AnswerCache; readonly clock?: Clock } = {},
): Promise<Clients> {
  const settings = someSettings({ APP_ID: String(app.id), PRIVATE_KEY: app.privateKey, GITHUB_API_URL: local.url });
  const pause = createPause();
  return createClients(await createProbot(settings), settings, { ...options, pauseOf: () => pause });
}
