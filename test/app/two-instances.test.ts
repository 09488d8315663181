import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { startApp, type RunningApp } from '../../src/app/main.ts';
import { createDatabase } from '../support/postgres-server.ts';
import { largeMovedToXl } from '../support/sample-repository.ts';
import { someSettings } from '../support/some-settings.ts';
import { withApp } from '../support/with-app.ts';
import { Jump } from './jump.ts';
import { whoGetsPast } from './nobody-gets-past.ts';
import { untilIdle } from './until-idle.ts';

const serverUrl = inject('postgresUrl');
const xl = largeMovedToXl();
const doubled = xl.replace('micro_batch_size: 32', 'micro_batch_size: 64');

describe.skipIf(serverUrl === null)('two instances of the App on one PostgreSQL', () => {
  const github = withApp();
  let instances: RunningApp[] = [];

  beforeEach(async () => {
    const settings = someSettings({
      APP_ID: String(github.app.id),
      PRIVATE_KEY: github.app.privateKey,
      WEBHOOK_SECRET: github.app.webhookSecret,
      GITHUB_API_URL: github.local.url,
      DATABASE_URL: await createDatabase(serverUrl!),
    });
    const nothing = () => undefined;
    const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
    const start = () => startApp({ settings, log, writesApartMs: 0, now: () => github.local.now() });
    instances = [await start(), await start()];
  }, 60_000);
  afterEach(async () => {
    await Promise.all(instances.map((instance) => instance.stop()));
  });

  /** Something happens, of which one of them hears; and whoever does what follows has done it. */
  async function heardBy(index: number, happens: () => unknown): Promise<void> {
    github.app.deliverTo(`${instances[index]!.url}/`);
    await happens();
    await untilIdle(github.local, instances[index]!.url);
    expect(whoGetsPast(github.local)).toEqual([]);
  }

  test('tell one story, whichever of them hears of what happens', { timeout: 120_000 }, async () => {
    let opened: Jump | null = null;
    await heardBy(0, async () => (opened = await Jump.open(github.local)));
    const jump = opened as unknown as Jump;
    expect(jump.seen()).toMatchObject({ conclusion: 'action_required', mergeable: false });
    await heardBy(1, () => jump.pullRequest.comment('lead', `/scalegate approve ${jump.code()}`));
    expect(jump.seen()).toMatchObject({ conclusion: 'success', mergeable: true });
    await heardBy(0, () => jump.push(`# reviewed\n${xl}`));
    expect(jump.seen()).toMatchObject({ conclusion: 'success', mergeable: true });
    await heardBy(1, () => jump.push(doubled));
    expect(jump.seen()).toMatchObject({ conclusion: 'action_required', mergeable: false });
    await heardBy(0, () => {
      jump.run().press('approve', 'second');
    });
    expect(jump.seen()).toMatchObject({ conclusion: 'success', mergeable: true });
    expect(jump.comments()).toHaveLength(1);
    expect(jump.runs().every(({ status }) => status === 'completed')).toBe(true);
  });

  test('do one pull request one at a time, however many deliveries come to both', { timeout: 120_000 }, async () => {
    let opened: Jump | null = null;
    await heardBy(0, async () => (opened = await Jump.open(github.local)));
    const jump = opened as unknown as Jump;
    const code = jump.code();
    for (let count = 0; count < 6; count += 1) {
      github.app.deliverTo(`${instances[count % 2]!.url}/`);
      jump.pullRequest.comment('outsider', `/scalegate approve ${code}`);
      await jump.push(`# ${count}\n${xl}`);
    }
    await heardBy(1, () => jump.pullRequest.comment('lead', `/scalegate approve ${jump.code()}`));
    expect(jump.seen()).toMatchObject({ conclusion: 'success', mergeable: true });
    expect(jump.comments()).toHaveLength(1);
    for (const { author, reactions } of jump.pullRequest.comments) {
      if (author.type === 'User') expect(reactions).toHaveLength(1);
    }
  });
});
