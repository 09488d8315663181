import { describe, expect, test } from 'vitest';
import { largeMovedToXl, sampleConfig } from '../support/sample-repository.ts';
import { until } from '../support/until.ts';
import { config, Jump, type NewJump } from './jump.ts';
import { withRunningApp } from './with-running-app.ts';

const app = withRunningApp();
const patiently = { timeout: 120_000 };
const xl = largeMovedToXl();
const noted = `# reviewed with the team\n${xl}`;
const doubled = xl.replace('micro_batch_size: 32', 'micro_batch_size: 64');
const sandbox = "scalegate_policy: 1\nignore: ['configs/**']\n";
const waiting = {
  conclusion: 'action_required',
  title: expect.stringMatching(/^Waiting for 1 approval/) as string,
  buttons: ['Approve', 'Check again'],
  mergeable: false,
};
const passes = {
  conclusion: 'success',
  title: expect.stringMatching(/^Passes/) as string,
  buttons: [],
  mergeable: true,
};

/** A jump that the App has answered. */
async function aJump(request: NewJump = {}): Promise<Jump> {
  const jump = await Jump.open(app.local, { name: app.newName(), ...request });
  await app.idle();
  return jump;
}

function reactionsTo(comment: { readonly reactions: readonly { readonly content: string }[] }): string[] {
  return comment.reactions.map(({ content }) => content);
}

// The first test, while there is one repository: those of an installation are looked at a second apart
test('a suspended installation is let be, and its pull requests are looked at when it is back', patiently, async () => {
  const jump = await aJump();
  app.github.installation.suspend();
  await jump.push(noted);
  await app.idle();
  expect(jump.runs()).toEqual([]);
  app.github.installation.unsuspend();
  await until('it is looked at', () => jump.runs().at(-1)?.status === 'completed', 60_000);
  await app.idle();
  expect(jump.seen()).toMatchObject(waiting);
});

describe('a pull request of an outsider, from a fork, that jumps from Large to XL', () => {
  test('waits, is approved, keeps and loses the approval, and is merged by the queue', patiently, async () => {
    const jump = await aJump();
    const { pullRequest, repository } = jump;
    expect(jump.seen()).toMatchObject(waiting);
    expect(jump.seen().comment).toContain('### ⏳ scalegate: waiting for 1 approval');
    expect(jump.seen().comment).toContain(`\`\`\`text\n/scalegate approve ${jump.code()}\n\`\`\``);
    expect(jump.run().summary).toContain(`/scalegate approve ${jump.code()}`);
    expect(jump.seen().comment).toContain('climbs from Large to XL: parameters 1.07B to 2.91B');

    pullRequest.review({ author: 'outsider', state: 'APPROVED' });
    await app.idle();
    expect(jump.approvals()).toEqual(['- `outsider` (review) does not count: took part in the change']);
    const own = pullRequest.comment('outsider', `/scalegate approve ${jump.code()}`);
    await app.idle();
    expect(jump.approvals()).toEqual(['- `outsider` (command) does not count: took part in the change']);
    expect(reactionsTo(own)).toEqual(['confused']);
    jump.run().press('approve', 'outsider');
    await app.idle();
    expect(jump.approvals()).toEqual(['- `outsider` (button) does not count: took part in the change']);
    expect(jump.seen()).toMatchObject(waiting);

    const lead = pullRequest.comment('lead', `/scalegate approve ${jump.code()}`);
    await app.idle();
    expect(jump.seen()).toMatchObject(passes);
    expect(jump.seen().comment).toMatch(/### ✅ scalegate: fits.*\n\nApproved by `lead`\./);
    expect(jump.approvals()[0]).toBe('- ✅ `lead` (command)');
    expect(reactionsTo(lead)).toEqual(['rocket']);

    await jump.push(noted);
    await app.idle();
    expect(jump.seen()).toMatchObject(passes);
    expect(jump.approvals()[0]).toBe('- ✅ `lead` (command)');

    await jump.push(doubled);
    await app.idle();
    expect(jump.seen()).toMatchObject(waiting);
    expect(jump.approvals()[0]).toMatch(
      /^- `lead` \(command\) does not count: approved an earlier state \(.*configs\/large\.yaml has changed in memory\); approve again$/,
    );

    jump.run().press('approve', 'second');
    await app.idle();
    expect(jump.seen()).toMatchObject(passes);
    expect(jump.seen().comment).toContain('Approved by `second`.');

    const group = await repository.enqueue([pullRequest]);
    await app.idle();
    expect(jump.seen(group.headSha)).toMatchObject({
      conclusion: 'success',
      title: expect.stringMatching(/^Passes/) as string,
    });
    await group.merge();
    await app.idle();
    expect(app.log).toContainEqual(expect.stringContaining('merged after it passed'));
    expect(jump.comments()).toHaveLength(1);
    expect([...jump.conclusions()].sort()).toEqual(['action_required', 'success']);
  });

  test.each([
    ['a review', (jump: Jump) => jump.pullRequest.review({ author: 'lead', state: 'APPROVED' }), 'review'],
    [
      'the button',
      (jump: Jump) => {
        jump.run().press('approve', 'lead');
      },
      'button',
    ],
  ])('passes with %s of a lead, and waits again when that is taken back', patiently, async (_, approve, how) => {
    const jump = await aJump();
    approve(jump);
    await app.idle();
    expect(jump.seen()).toMatchObject(passes);
    expect(jump.approvals()).toEqual([`- ✅ \`lead\` (${how})`]);
    const [review] = jump.pullRequest.reviews;
    if (review === undefined) jump.pullRequest.comment('lead', '/scalegate unapprove');
    else jump.pullRequest.dismissReview(review);
    await app.idle();
    expect(jump.seen()).toMatchObject(waiting);
    expect(jump.approvals()[0]).toMatch(
      /^- `lead` \(\w+\) does not count: (?:took the approval back|the review was dismissed)$/,
    );
  });

  test('is held up in the merge queue when the group is larger than what was approved', patiently, async () => {
    const jump = await aJump();
    jump.pullRequest.comment('lead', `/scalegate approve ${jump.code()}`);
    await app.idle();
    const other = 'configs/medium.yaml';
    const larger = sampleConfig('medium.yaml').replace(
      'micro_batch_size',
      'gradient_accumulation_steps: 1\n  micro_batch_size',
    );
    await jump.repository.commit('small', { [other]: larger, [config]: doubled }, { author: 'lead' });
    const small = await jump.repository.openPullRequest({ head: 'small', author: 'lead' });
    await app.idle();
    const group = await jump.repository.enqueue([small]);
    await app.idle();
    expect(jump.seen(group.headSha)).toMatchObject({ conclusion: 'action_required' });
  });
});

describe('what else happens to a pull request', () => {
  test(
    'a retarget has it judged against the other base, and approvals of the first do not count',
    patiently,
    async () => {
      const jump = await aJump();
      jump.pullRequest.comment('lead', `/scalegate approve ${jump.code()}`);
      await app.idle();
      await jump.repository.commit('release', { 'notes.md': 'release' }, { author: 'lead' });
      await jump.pullRequest.retarget('release');
      await app.idle();
      expect(jump.seen()).toMatchObject(waiting);
      await jump.repository.commit('sandbox', { '.github/scalegate.yml': sandbox }, { author: 'lead' });
      await jump.pullRequest.retarget('sandbox');
      await app.idle();
      expect(jump.seen()).toMatchObject({ conclusion: 'success', title: 'No training config changed' });
      await jump.pullRequest.retarget('main');
      await app.idle();
      expect(jump.seen()).toMatchObject(passes);
    },
  );

  test('a draft is judged as well, and being ready changes nothing', patiently, async () => {
    const jump = await aJump({ draft: true });
    expect(jump.seen()).toMatchObject(waiting);
    const { id } = jump.run();
    jump.pullRequest.markReady();
    await app.idle();
    jump.pullRequest.convertToDraft();
    await app.idle();
    expect(jump.run().id).toBe(id);
  });

  test('closed it is left alone, reopened it is judged, and a merge without approval is noted', patiently, async () => {
    const jump = await aJump();
    jump.pullRequest.close();
    await app.idle();
    const code = jump.code();
    jump.pullRequest.comment('lead', `/scalegate approve ${code}`);
    await app.idle();
    expect(jump.seen()).toMatchObject(waiting);
    await jump.pullRequest.reopen();
    await app.idle();
    expect(jump.seen()).toMatchObject(passes);
    await jump.push(doubled);
    await app.idle();
    await jump.pullRequest.mergeInto('admin');
    await app.idle();
    expect(app.log.join('\n')).toContain('a pull request was merged whose check did not pass');
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toMatch(/^scalegate_merged_without_approval_total [1-9]/m);
  });

  test('another policy on the base has open pull requests judged by it', patiently, async () => {
    const jump = await aJump();
    jump.pullRequest.comment('lead', `/scalegate approve ${jump.code()}`);
    await app.idle();
    expect(jump.seen()).toMatchObject(passes);
    const policy = 'scalegate_policy: 1\napprovers: { users: [second] }\n';
    await jump.repository.commit('main', { '.github/scalegate.yml': policy }, { author: 'lead' });
    await app.idle();
    expect(jump.seen()).toMatchObject(waiting);
    expect(jump.seen().comment).toContain('1 approval by `second`');
    expect(jump.approvals()[0]).toMatch(/^- `lead` \(command\) does not count: /);
  });

  test(
    'recheck, Check again, Re-run and a deleted check are answered with a check that says the same',
    patiently,
    async () => {
      const jump = await aJump();
      const first = jump.run();
      const asked = jump.pullRequest.comment('outsider', '/scalegate recheck');
      await app.idle();
      expect(reactionsTo(asked)).toEqual(['eyes']);
      const checkAgain = () => {
        jump.run().press('recheck', 'outsider');
      };
      const rerun = () => {
        jump.run().rerequest('outsider');
      };
      for (const ask of [checkAgain, rerun]) {
        const { id } = jump.run();
        ask();
        await app.idle();
        expect(jump.run().id).toBeGreaterThan(id);
        expect(jump.run()).toMatchObject({ conclusion: first.conclusion, title: first.title, summary: first.summary });
      }
      const { id, suite } = jump.run();
      suite.rerequest(jump.pullRequest.author);
      await app.idle();
      expect(jump.run().id).toBeGreaterThan(id);

      for (const some of jump.repository.checkSuites) some.runs = [];
      await app.stop();
      await app.start();
      await until('the check is back', () => jump.runs().some(({ status }) => status === 'completed'), 60_000);
      await app.idle();
      expect(jump.seen()).toMatchObject(waiting);
    },
  );

  test('our comment is restored when somebody edits or deletes it, and that is on the record', patiently, async () => {
    const jump = await aJump();
    const said = jump.seen().comment;
    const [comment] = jump.comments();
    jump.pullRequest.edit(comment!, 'mallory', `${comment!.body.slice(0, 30)}\nAll is well. Approved.`);
    await app.idle();
    expect(jump.seen().comment).toBe(said);
    expect(jump.run().text).toContain('mallory');
    jump.pullRequest.deleteComment(jump.comments()[0]!, 'mallory');
    await app.idle();
    expect(jump.seen().comment).toBe(said);
    expect(jump.comments()).toHaveLength(1);
  });
});

describe('when things go wrong', () => {
  test('an approval whose delivery failed counts once it is delivered again, once', patiently, async () => {
    const jump = await aJump();
    await app.stop();
    jump.pullRequest.comment('lead', `/scalegate approve ${jump.code()}`);
    await app.local.webhooks.quiet();
    const lost = app.github.app.deliveries.at(-1)!;
    lost.deliveredAt = new Date(Date.now() - 90_000).toISOString();
    await app.start();
    await until('it counts', () => jump.run().conclusion === 'success', 60_000);
    await app.stop();
    await app.start();
    await until('failed deliveries were looked for', () =>
      app.local.requests.slice(-20).some(({ path }) => path === '/app/hook/deliveries'),
    );
    await app.idle();
    expect(app.github.app.deliveries.filter(({ guid }) => guid === lost.guid)).toHaveLength(2);
    expect(jump.approvals()).toEqual(['- ✅ `lead` (command)']);
  });

  test('GitHub that answers nothing but errors in the middle is waited for', patiently, async () => {
    const jump = await aJump();
    app.local.failNext({ path: '/graphql', answer: 502 });
    app.local.failNext({ path: '/repos/{owner}/{repo}/compare/{basehead}', answer: 503 });
    jump.pullRequest.comment('lead', `/scalegate approve ${jump.code()}`);
    await app.idle();
    expect(jump.seen()).toMatchObject(passes);
  });

  test('an evaluation that hangs fails with a reason and a button to retry, which does', patiently, async () => {
    await app.stop();
    await app.start({ EVALUATION_TIMEOUT_SECONDS: '1' });
    await app.idle();
    app.local.failNext({ path: '/repos/{owner}/{repo}/compare/{basehead}', silence: 'lost' });
    const jump = await Jump.open(app.local, { name: app.newName() });
    await until('the deadline is over', () => jump.runs().at(-1)?.status === 'completed', 60_000);
    expect(jump.run()).toMatchObject({ conclusion: 'failure', title: 'Gave up after 1 s' });
    expect(jump.run().buttons.map(({ label }) => label)).toEqual(['Retry']);
    await app.idle();
    app.local.clearFaults();
    await app.stop();
    await app.start();
    jump.run().press('recheck', 'outsider');
    await app.idle();
    expect(jump.seen()).toMatchObject(waiting);
  });
});
