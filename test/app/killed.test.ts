import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testedQueues } from '../support/each-queue.ts';
import type { QueuePlace } from '../support/queue-places.ts';
import { largeMovedToXl } from '../support/sample-repository.ts';
import { withApp } from '../support/with-app.ts';
import type { Fault } from '../local-github/faults.ts';
import { hastyApp, startAppProcess, type AppProcess } from './app-process.ts';
import { Jump } from './jump.ts';
import { untilIdle } from './until-idle.ts';

const xl = largeMovedToXl();
const doubled = xl.replace('micro_batch_size: 32', 'micro_batch_size: 64');
const waiting = { conclusion: 'action_required', title: expect.stringMatching(/^Waiting for 1 approval/) as string };
const passes = { conclusion: 'success', title: expect.stringMatching(/^Passes/) as string };

const reaction = { method: 'POST', path: '/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions' };
const newRun = { method: 'POST', path: '/repos/{owner}/{repo}/check-runs' };
const newComment = { method: 'POST', path: '/repos/{owner}/{repo}/issues/{issue_number}/comments' };
const comment = { method: 'PATCH', path: '/repos/{owner}/{repo}/issues/comments/{comment_id}' };

/** What happens in the story, and how it ends. */
interface Step {
  readonly what: string;
  readonly happens: (jump: Jump) => unknown;
  /** The last that a process which is killed asks of GitHub. What writes is done all the same: only its answer is lost. */
  readonly asked: Pick<Fault, 'method' | 'path'>;
  readonly then: { readonly conclusion: string; readonly title: string; readonly approvals: readonly string[] };
}

const steps: readonly Step[] = [
  {
    what: 'a comment of its author',
    happens: (jump) => jump.pullRequest.comment('outsider', `/scalegate approve ${jump.code()}`),
    asked: reaction,
    then: { ...waiting, approvals: ['- `outsider` (command) does not count: took part in the change'] },
  },
  {
    what: 'the click of a lead',
    happens: (jump) => {
      jump.run().press('approve', 'lead');
    },
    asked: newRun,
    then: {
      ...passes,
      approvals: ['- ✅ `lead` (button)', '- `outsider` (command) does not count: took part in the change'],
    },
  },
  {
    what: 'a push that changes nothing that was approved',
    happens: (jump) => jump.push(`# reviewed\n${xl}`),
    asked: newRun,
    then: {
      ...passes,
      approvals: ['- ✅ `lead` (button)', '- `outsider` (command) does not count: took part in the change'],
    },
  },
  {
    what: 'a push that doubles the batch',
    happens: (jump) => jump.push(doubled),
    asked: comment,
    then: {
      ...waiting,
      approvals: [
        '- `lead` (button) does not count: approved an earlier state',
        '- `outsider` (command) does not count: took part in the change',
      ],
    },
  },
  {
    what: 'another approval',
    happens: (jump) => jump.pullRequest.comment('second', `/scalegate approve ${jump.code()}`),
    asked: reaction,
    then: {
      ...passes,
      approvals: [
        '- ✅ `second` (command)',
        '- `lead` (button) does not count: approved an earlier state',
        '- `outsider` (command) does not count: took part in the change',
      ],
    },
  },
];

const opening = { asked: newComment, then: { ...waiting, approvals: [] } };

describe.each(testedQueues)('the App with its queue in $name, of which a process is killed', (kind) => {
  const { name, skip, variable } = kind;
  const github = withApp();
  let place: QueuePlace;
  let folder: string;
  let processes: AppProcess[] = [];

  beforeEach(async () => {
    place = await kind.create();
    folder = mkdtempSync(join(tmpdir(), 'scalegate-killed-'));
  });
  afterEach(async () => {
    for (const process of processes) await kill(process);
    processes = [];
    rmSync(folder, { recursive: true });
    await place.close();
  });

  async function start(): Promise<AppProcess> {
    const { app, local } = github;
    const of = { APP_ID: String(app.id), PRIVATE_KEY: app.privateKey, WEBHOOK_SECRET: app.webhookSecret };
    const process = await startAppProcess(
      { ...of, [variable]: place.location, GITHUB_API_URL: local.url },
      folder,
      hastyApp,
    );
    processes.push(process);
    return process;
  }

  async function kill(process: AppProcess): Promise<void> {
    process.kill('SIGKILL');
    await process.exited;
  }

  /** Resolves when the process has asked for what is never answered. */
  function silenceAt(asked: Step['asked']): Promise<void> {
    return new Promise((resolve) => {
      github.local.failNext({ ...asked, silence: asked.method === 'GET' ? 'lost' : 'done', onRequest: resolve });
    });
  }

  /** Nothing was lost, and nothing done twice. */
  function expectState(jump: Jump, { approvals, ...check }: Step['then']): void {
    expect(jump.seen()).toMatchObject(check);
    expect(jump.approvals().map((line) => line.replace(/ \([^()]* has changed in .*/, ''))).toEqual(approvals);
    expect(jump.comments()).toHaveLength(1);
    expect(jump.runs().every(({ status }) => status === 'completed')).toBe(true);
    for (const { author, reactions } of jump.pullRequest.comments) {
      if (author.type === 'User') expect(reactions).toHaveLength(1);
    }
    const audit = (jump.run().text ?? '').split('\n').filter((line) => line.startsWith('| `'));
    expect(new Set(audit).size).toBe(audit.length);
  }

  test.skipIf(skip)('in the middle of each step: another one ends it', { timeout: 180_000 }, async () => {
    let victim = await start();
    const takeOver = async () => {
      // On PostgreSQL another instance is there already
      const heir = name === 'PostgreSQL' ? await start() : null;
      return {
        async end() {
          await kill(victim);
          victim = heir ?? (await start());
          github.app.deliverTo(`${victim.url}/`);
          await untilIdle(github.local, victim.url);
        },
      };
    };
    github.app.deliverTo(`${victim.url}/`);
    let silent = silenceAt(opening.asked);
    const jump = await Jump.open(github.local);
    await silent;
    await (await takeOver()).end();
    expectState(jump, opening.then);
    for (const { asked, happens, then } of steps) {
      silent = silenceAt(asked);
      await happens(jump);
      await silent;
      await (await takeOver()).end();
      expectState(jump, then);
    }
    silent = silenceAt(newRun);
    const group = await jump.repository.enqueue([jump.pullRequest]);
    await silent;
    await (await takeOver()).end();
    expect(jump.seen(group.headSha)).toMatchObject(passes);
    expect([...jump.conclusions()].sort()).toEqual(['action_required', 'success']);
  });

  test.skipIf(skip)('right after it took each delivery: the next one does the work', { timeout: 180_000 }, async () => {
    let victim = await start();
    const afterKill = async (happens: () => unknown) => {
      // Whatever it begins with, it does not get far
      github.local.failNext({ path: /./, silence: 'lost', times: 1000 });
      github.app.deliverTo(`${victim.url}/`);
      await happens();
      await github.local.webhooks.quiet();
      await kill(victim);
      github.local.clearFaults();
      victim = await start();
      await untilIdle(github.local, victim.url);
    };
    let jump: Jump | null = null;
    await afterKill(async () => (jump = await Jump.open(github.local)));
    const opened = jump as unknown as Jump;
    expectState(opened, opening.then);
    for (const { happens, then } of steps) {
      await afterKill(() => happens(opened));
      expectState(opened, then);
    }
  });
});
