import { describe, expect, test } from 'vitest';
import { aGate, config } from '../../../test/support/a-gate.ts';
import { largeMovedToXl } from '../../../test/support/sample-repository.ts';
import { withApp } from '../../../test/support/with-app.ts';

const github = withApp();
const approve = { author: 'lead', state: 'APPROVED' } as const;

describe('what was taken back stays taken back', () => {
  test.each([
    [
      'deletes',
      (pullRequest, comment) => {
        pullRequest.deleteComment(comment, 'engineer');
      },
    ],
    [
      'edits',
      (pullRequest, comment) => {
        pullRequest.edit(comment, 'engineer', 'never mind');
      },
    ],
    [
      'edits at once',
      (pullRequest, comment) => {
        pullRequest.edit(comment, 'engineer', '/scalegate unapprove');
      },
    ],
  ] satisfies [string, (pullRequest: Shown, comment: Comment) => void][])(
    'although somebody %s the comment that took back a review',
    async (how, act) => {
      const { look, open } = await aGate(github);
      const pullRequest = await open();
      pullRequest.review(approve);
      await look(pullRequest);
      expect(pullRequest.obstacle).toBeNull();
      const comment = pullRequest.comment('lead', '/scalegate unapprove');
      if (how !== 'edits at once') await look(pullRequest);
      act(pullRequest, comment);
      await look(pullRequest);
      expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
      pullRequest.review(approve);
      await look(pullRequest);
      expect(pullRequest.obstacle).toBeNull();
    },
  );

  test('although the pull request is in the merge queue already', async () => {
    const { look, open, repository, workshop } = await aGate(github);
    const pullRequest = await open();
    pullRequest.review(approve);
    await look(pullRequest);
    const group = await repository.enqueue([pullRequest]);
    const { headRef, headSha } = group;
    const ofQueue = { baseRef: 'main', baseSha: null, headSha, headRef: headRef.replace('refs/heads/', '') };
    await workshop.look({ kind: 'merge-group', group: ofQueue });
    expect(group.obstacle).toBeNull();
    pullRequest.comment('lead', '/scalegate unapprove');
    await look(pullRequest);
    expect(group.obstacle).toBe('the check scalegate says action_required');
  });
});

describe('an approval is of what its author saw', () => {
  test('a review that nobody had looked at when the plan changed is one of the old plan', async () => {
    const { look, open, repository } = await aGate(github);
    const pullRequest = await open();
    await look(pullRequest);
    pullRequest.review(approve);
    const policy = 'scalegate_policy: 1\nassumptions: [{ files: ["**"], hardware: { usd_per_gpu_hour: 9 } }]\n';
    await repository.commit('main', { '.github/scalegate.yml': policy }, { author: 'lead' });
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
  });

  test('a change of CODEOWNERS waits where owners approve', async () => {
    const { look, open, repository } = await aGate(github, {
      '.github/scalegate.yml': 'scalegate_policy: 1\napprovers: { codeowners: true, users: [lead] }\n',
      '.github/CODEOWNERS': '* @lead\n',
    });
    await repository.commit('owners', { '.github/CODEOWNERS': '* @lead @engineer\n' }, { author: 'engineer' });
    const pullRequest = await open('main', 'owners');
    await look(pullRequest);
    expect(pullRequest.obstacle).toBe('the check scalegate says action_required');
    pullRequest.review(approve);
    await look(pullRequest);
    expect(pullRequest.obstacle).toBeNull();
  });

  test('two growths that are small apart are judged together once one of them is merged', async () => {
    const { look, open, repository } = await aGate(github);
    const text = largeMovedToXl();
    const grown = (from: string, to: string) => text.replace(from, to);
    await repository.commit('main', { [config]: text }, { author: 'lead' });
    await repository.commit('layers', { [config]: grown('num_layers: 36', 'num_layers: 80') }, { author: 'engineer' });
    await repository.commit('tokens', { [config]: grown(/^name: .*$/m.exec(text)![0], 'name: other') });
    const [first, second] = [await open('main', 'layers'), await open('main', 'tokens')];
    await look(second);
    expect(second.obstacle).toBeNull();
    await first.mergeInto('admin');
    await look(second);
    expect(second.obstacle).not.toBeNull();
    await second.updateBranch('engineer');
    await look(second);
    expect(second.obstacle).toBeNull();
  });
});

type Shown = Awaited<ReturnType<Awaited<ReturnType<typeof aGate>>['open']>>;
type Comment = ReturnType<Shown['comment']>;
