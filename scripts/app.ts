// `npm run app`: a local GitHub with the App installed, a pull request that moves the Large config to XL, and the App at
// work on it. Needs no network. What it does goes to the terminal; Ctrl-C ends both.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { styleText } from 'node:util';
import { startApp } from '../src/app/main.ts';
import { readSettings } from '../src/app/settings.ts';
import { LocalGitHub } from '../test/local-github/local-github.ts';
import { createSampleRepository, largeMovedToXl } from '../test/support/sample-repository.ts';
import { appRegistration } from '../test/support/with-app.ts';
import { showMarkdown } from './show-markdown.ts';

const folder = mkdtempSync(join(tmpdir(), 'scalegate-app-'));
const github = await LocalGitHub.start();
const registered = github.createApp(appRegistration);
const app = await startApp({
  settings: readSettings({
    QUEUE_FILE: join(folder, 'queue.sqlite'),
    PORT: '3000',
    LOG_FORMAT: 'pretty',
    ...process.env,
    APP_ID: String(registered.id),
    PRIVATE_KEY: registered.privateKey,
    WEBHOOK_SECRET: registered.webhookSecret,
    GITHUB_API_URL: github.url,
  }),
});
registered.deliverTo(`${app.url}/api/github/webhooks`);

const repository = await createSampleRepository(github);
registered.install({ account: 'acme' });
await repository.commit('large-to-xl', { 'configs/large.yaml': largeMovedToXl() }, { author: 'engineer' });
const pullRequest = await repository.openPullRequest({
  head: 'large-to-xl',
  title: 'Train the Large config at XL',
  author: 'engineer',
});
