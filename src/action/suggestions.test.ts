import { describe, expect, test } from 'vitest';
import { config, small, strict } from '../../test/support/some-configs.ts';
import { withAction } from '../../test/support/with-action.ts';

const { github, aPullRequest, runOn } = withAction();
const policy = { '.github/scalegate.yml': strict };
const path = 'configs/large.yaml';
const tooLarge = config({ batch: 64 });

/** A pull request whose batch is too large. */
async function tooLargeABatch(head = tooLarge) {
  const made = await aPullRequest({ [path]: head }, policy);
  const bodies = () => made.pullRequest.reviewComments.map(({ body }) => body);
  const push = async (text: string) => {
    await made.repository.commit('feature', { [path]: text }, { author: 'engineer' });
    return runOn(made.pullRequest);
  };
  return { ...made, bodies, push };
}

function writes(): string[] {
  return github.asked().filter((request) => !request.startsWith('GET ') && request !== 'POST /graphql');
}

describe('a change that makes a config fit', () => {
  test('is suggested on the lines that the pull request changes', async () => {
    const { pullRequest } = await tooLargeABatch();
    await runOn(pullRequest);
    const line = tooLarge.split('\n').findIndex((text) => text.includes('micro_batch_size')) + 1;
    expect(pullRequest.reviewComments).toMatchObject([{ path, author: { login: 'github-actions[bot]' } }]);
    const { body, startLine, line: endLine } = pullRequest.reviewComments[0]!;
    expect([startLine, endLine]).toSatisfy(([start, end]: [number, number]) => start - 3 <= line && line <= end + 3);
    expect(body).toMatch(/^<!-- scalegate:suggestion [0-9a-f]{16} -->\n`configs\/large\.yaml` needs [\d.]+ GiB of /);
    expect(body).toContain('```suggestion\n');
    expect(pullRequest.comments[0]!.body).toContain('How to make it fit');
  });

  test('is suggested once, however often the job runs, and by two runs at a time', async () => {
    const { pullRequest, bodies } = await tooLargeABatch();
    await Promise.all([runOn(pullRequest), runOn(pullRequest)]);
    expect(bodies()).toHaveLength(1);
    const before = writes().length;
    await runOn(pullRequest);
    expect(writes().slice(before)).toEqual([]);
  });

  test('stays where a push leaves its lines alone, with the figures of now', async () => {
    const { pullRequest, bodies, push } = await tooLargeABatch();
    await runOn(pullRequest);
    const [before] = bodies();
    const { id } = pullRequest.reviewComments[0]!;
    await push(tooLarge.replace('hidden_size: 1024', 'hidden_size: 1088'));
    expect(pullRequest.reviewComments.map((comment) => comment.id)).toEqual([id]);
    expect(bodies()[0]).not.toBe(before);
  });

  test('goes when the config fits', async () => {
    const { pullRequest, bodies, push } = await tooLargeABatch();
    await runOn(pullRequest);
    await push(config({ layers: 9 }));
    expect(bodies()).toEqual([]);
    expect(pullRequest.comments[0]!.body).not.toContain('scalegate:suggested');
  });

  test('leaves what people have answered to it, below a remark', async () => {
    const { pullRequest, bodies, push } = await tooLargeABatch();
    await runOn(pullRequest);
    pullRequest.reply(pullRequest.reviewComments[0]!, 'engineer', 'I would rather shard it');
    await push(config({ layers: 9 }));
    expect(bodies()).toEqual(['A suggestion of scalegate, which no longer applies.']);
    await push(config({ layers: 10 }));
    expect(bodies()).toHaveLength(1);
  });

  test('that somebody has deleted is not suggested again', async () => {
    const { pullRequest, bodies, push } = await tooLargeABatch();
    await runOn(pullRequest);
    pullRequest.reviewComments.splice(0);
    await runOn(pullRequest);
    await push(`${tooLarge}# a remark\n`);
    expect(bodies()).toEqual([]);
  });

  test('is not suggested where its lines are not in the diff; the comment has it', async () => {
    const far = (batch: number) => `${config({ batch })}${'# a remark\n'.repeat(9)}`;
    const { pullRequest } = await aPullRequest(
      { [path]: `${far(64)}# the last remark\n` },
      { ...policy, [path]: far(64) },
    );
    await runOn(pullRequest);
    expect(pullRequest.reviewComments).toEqual([]);
  });

  test('is left to the App where the App has commented', async () => {
    const { pullRequest, bodies } = await tooLargeABatch();
    await runOn(pullRequest);
    expect(bodies()).toHaveLength(1);
    pullRequest.comment('scalegate[bot]', pullRequest.comments[0]!.body);
    await runOn(pullRequest);
    expect(bodies()).toEqual([]);
  });

  test('is only in the summary where the token may not write', async () => {
    const { pullRequest, bodies } = await tooLargeABatch();
    const { lines, summary } = await runOn(pullRequest, {
      token: github.jobToken({ contents: 'read', pull_requests: 'read' }),
    });
    expect(bodies()).toEqual([]);
    expect(lines.filter((line) => line.startsWith('::notice')).join('\n')).toContain('could not comment');
    expect(summary).toContain('How to make it fit');
  });

  test('is not read from a thread that somebody else has started with its words', async () => {
    const { pullRequest, bodies } = await tooLargeABatch();
    await runOn(pullRequest);
    const { body } = pullRequest.reviewComments[0]!;
    pullRequest.commentOnLines('mallory', { path, startLine: 1, line: 1, lines: [small.split('\n')[0]!], body });
    await runOn(pullRequest);
    expect(bodies()).toEqual([body, body]);
  });
});
