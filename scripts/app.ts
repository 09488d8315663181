// `npm run app`: a local GitHub with the App installed, a pull request that moves the Large config to XL, and the App at
// work on it. Needs no network. What it does goes to the terminal; Ctrl-C ends both.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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

heading('Look');
console.log(`The app's page     ${app.url}/`);
console.log(`Its metrics        ${app.url}/metrics`);
console.log(`The pull request   acme/vr-models#${pullRequest.number}: ${pullRequest.title}`);
console.log(
  'A line that you type here is a comment of "lead", who may approve: try the command that the comment names.',
);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  if (line.trim() !== '') pullRequest.comment('lead', line);
});

let shown = '';
const look = setInterval(() => {
  const run = repository.checkSuites.flatMap(({ runs }) => runs).findLast(({ status }) => status === 'completed');
  const comment = pullRequest.comments.find(({ author }) => author.login.endsWith('[bot]'))?.body ?? '';
  const state = `${run?.id ?? ''} ${comment}`;
  if (run === undefined || comment === '' || state === shown) return;
  shown = state;
  heading(`The check: ${run.conclusion ?? ''}`);
  console.log(run.title);
  heading('The comment');
  console.log(showMarkdown(comment));
}, 500);

async function stop(): Promise<void> {
  clearInterval(look);
  lines.close();
  await app.stop();
  await github.close();
  rmSync(folder, { recursive: true });
  process.exit(github.violations.length === 0 ? 0 : 1);
}
process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop());

function heading(text: string): void {
  console.log(`\n${styleText(['bold', 'inverse'], ` ${text} `)}\n`);
}
