import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { repositoryName, withGitHub } from '../../../test/support/with-github.ts';
import { anApproval } from '../../../test/support/an-approval.ts';
import type { Approval } from '../../core/policy/approvals/approval.ts';
import { recordPresses } from '../../core/policy/approvals/carry-ledger.ts';
import { emptyLedger } from '../../core/policy/approvals/ledger.ts';
import { evaluatePullRequest } from '../evaluate-pull-request.ts';
import { readPullRequest } from '../reading/pull-request.ts';
import { publishReceipts } from '../comments/receipts.ts';

const github = withGitHub();
const example = (path: string) => readFileSync(`examples/${path}`, 'utf8');
const large = example('configs/large.yaml');
const xl = example('configs/xl.yaml');
const config = 'configs/large.yaml';
const policyPath = '.github/scalegate.yml';
const policyFile = (approvers: string) => `scalegate_policy: 1\nplan: docs/plan.md\napprovers: ${approvers}\n`;

/** A pull request that jumps from Large to XL, and the App that evaluates it again and again, carrying its ledger. */
async function aJump(approvers = '{ users: [lead, second] }', files: Record<string, string> = {}) {
  const repository = await github.repository({
    [config]: large,
    [policyPath]: policyFile(approvers),
    'docs/plan.md': example('model-scaling-estimates.md'),
    ...files,
  });
  await repository.commit('feature', { [config]: xl }, { author: 'engineer' });
  const pullRequest = await repository.openPullRequest({ head: 'feature', author: 'engineer' });
  const client = github.client();
  let ledger = emptyLedger;
  async function look(presses: readonly Approval[] = []) {
    const records = { ledger: recordPresses(ledger, presses), secret: 'key' };
    const now = await readPullRequest(client, repositoryName, 1);
    const evaluated = await evaluatePullRequest(
      client,
      repositoryName,
      now,
      { policyPath: null, today: '2026-08-01' },
      records,
    );
    ({ ledger } = evaluated);
    const { verdict, approval } = evaluated.evaluation;
    const ignored = approval.ignored.map(({ by, ignoredBecause }) => `${by} ${ignoredBecause}`);
    const given = approval.given.map(({ by, how }) => `${by} ${how}`);
    return { ...evaluated, verdict, given, ignored };
  }
  const code = (await look()).code!;
  const push = (text: string) => repository.commit('feature', { [config]: text }, { author: 'engineer' });
  const say = (by: string, text: string) => pullRequest.comment(by, text);
  const click = (by: string, parts: Partial<Approval> = {}) => {
    const at = '2030-01-01T00:00:00Z';
    const { headSha: commit } = pullRequest;
    return anApproval({ id: `click ${by}`, by, how: 'button', at, shownAt: at, commit, code, ...parts });
  };
  return { repository, pullRequest, client, look, code, push, say, click };
}

test('a command with the code approves; it survives a comment line and falls with a larger batch', async () => {
  const { look, code, push, say } = await aJump();
  say('engineer', `/scalegate approve ${code}`);
  expect(await look()).toMatchObject({ verdict: 'waiting', ignored: ['engineer took part in the change'] });
  say('lead', `/scalegate approve ${code.toLowerCase()}`);
  expect(await look()).toMatchObject({ verdict: 'pass', given: ['lead command'] });
  await push(`# a note\n${xl}`);
  expect(await look()).toMatchObject({ verdict: 'pass', given: ['lead command'], code });
  await push(xl.replace('num_layers: 36', 'num_layers: 38'));
  const larger = await look();
  expect(larger).toMatchObject({ verdict: 'waiting', given: [] });
  expect(larger.code).not.toBe(code);
  expect(larger.ignored[0]).toMatch(/^lead approved an earlier state \(.*\); approve again$/);
  say('lead', `/scalegate approve ${larger.code!}`);
  expect(await look()).toMatchObject({ verdict: 'pass' });
  await push(xl);
  expect(await look()).toMatchObject({ verdict: 'pass', given: ['lead command'] });
});

test('an approval that races with a push approves what its author saw, never the newer code', async () => {
  const { look, code, push, say, click } = await aJump();
  say('lead', `/scalegate approve ${code}`);
  const pressed = click('second');
  await push(xl.replace('num_layers: 36', 'num_layers: 38'));
  const { verdict, ignored } = await look([pressed]);
  expect(verdict).toBe('waiting');
  expect(ignored.toSorted().map((line) => line.replace(/ \(.*/, ''))).toEqual([
    'lead approved an earlier state',
    'second approved an earlier state',
  ]);
});

test('a click counts for as long as the ledger has it', async () => {
  const { look, click } = await aJump();
  expect(await look([click('lead')])).toMatchObject({ verdict: 'pass', given: ['lead button'] });
  expect(await look()).toMatchObject({ verdict: 'pass', given: ['lead button'] });
});

test.each([
  { what: 'of a run on which nothing waited', parts: { code: null, ignoredBecause: 'nothing' }, reason: /nothing/ },
  { what: 'by a bot', parts: { isBot: true }, reason: /bots never approve/ },
  { what: 'by an outsider', parts: { by: 'mallory' }, reason: /not among the approvers/ },
  { what: 'by the author', parts: { by: 'engineer' }, reason: /took part in the change/ },
])('a click $what is refused, and says why', async ({ parts, reason }) => {
  const { look, click } = await aJump();
  const { verdict, ignored } = await look([click('lead', parts)]);
  expect(verdict).toBe('waiting');
  expect(ignored.at(-1)).toMatch(reason);
});

test('an edited comment, an unknown code and no code approve nothing, and say so', async () => {
  const { look, code, pullRequest, say } = await aJump();
  pullRequest.edit(say('lead', 'LGTM'), 'mallory', `/scalegate approve ${code}`);
  say('second', '/scalegate approve AAAAAAAA');
  const { verdict, ignored } = await look();
  expect(verdict).toBe('waiting');
  expect(ignored).toEqual([
    expect.stringMatching(/^second approved the code AAAAAAAA, under which/),
    expect.stringMatching(/^lead stands in a comment that was edited/),
  ]);
});

test.each([
  ['unapprove', (jump: Awaited<ReturnType<typeof aJump>>) => jump.say('lead', '/scalegate unapprove'), /took/],
  [
    'asking for changes',
    ({ pullRequest }: Awaited<ReturnType<typeof aJump>>) =>
      pullRequest.review({ author: 'lead', state: 'CHANGES_REQUESTED' }),
    /asks for changes/,
  ],
  [
    'deleting the comment',
    ({ pullRequest }: Awaited<ReturnType<typeof aJump>>) => {
      pullRequest.deleteComment(pullRequest.comments[0]!);
    },
    /the comment is gone/,
  ],
] as const)('%s takes an approval back, and the reason is shown', async (_, act, reason) => {
  const jump = await aJump();
  jump.say('lead', `/scalegate approve ${jump.code}`);
  expect(await jump.look()).toMatchObject({ verdict: 'pass' });
  act(jump);
  const { verdict, ignored } = await jump.look();
  expect(verdict).toBe('waiting');
  expect(ignored).toEqual([expect.stringMatching(reason)]);
});

test('a changed policy lets approvals fall, reviews too', async () => {
  const { repository, pullRequest, look, code, say } = await aJump();
  say('second', `/scalegate approve ${code}`);
  pullRequest.review({ author: 'lead', state: 'APPROVED' });
  expect(await look()).toMatchObject({ verdict: 'pass' });
  await repository.commit('main', { [policyPath]: policyFile('{ users: [lead, second], count: 1 }') });
  const { verdict, ignored } = await look();
  expect(verdict).toBe('waiting');
  for (const line of ignored) expect(line).toMatch(/the plan or the policy has changed since/);
});

test('code owners of the base approve, and what the pull request makes of the file does not matter', async () => {
  const { repository, look, say } = await aJump('{ codeowners: true }', {
    '.github/CODEOWNERS': '* @owner',
  });
  await repository.commit('feature', { '.github/CODEOWNERS': '* @mallory' }, { author: 'engineer' });
  for (const login of ['owner', 'mallory']) repository.grantRole(login, 'write');
  // The change of CODEOWNERS waits as well
  const code = (await look()).code!;
  say('mallory', `/scalegate approve ${code}`);
  expect(await look()).toMatchObject({
    verdict: 'waiting',
    ignored: [expect.stringContaining('mallory is no code owner of')],
  });
  say('owner', `/scalegate approve ${code}`);
  expect(await look()).toMatchObject({ verdict: 'pass', given: ['owner command'] });
});

test('commands have one receipt each; those of outsiders one reaction and no words', async () => {
  const { look, code, client, say, pullRequest } = await aJump();
  const said = [
    say('lead', `/scalegate approve ${code}`),
    say('mallory', `/scalegate approve ${code}`),
    say('mallory', '/scalegate explain'),
    say('lead', '/scalegate help'),
    say('engineer', '/scalegate recheck'),
  ];
  await publishReceipts(client, repositoryName, 1, await look());
  expect(said.map(({ reactions }) => reactions.map(({ content }) => content).join())).toEqual([
    'rocket',
    'confused',
    'confused',
    'eyes',
    'eyes',
  ]);
  expect(pullRequest.comments).toHaveLength(6);
  expect(pullRequest.comments.at(-1)!.body).toMatch(
    /^<!-- scalegate:reply \d+ lead -->\nCommands, each on its own line:\n/,
  );
  const again = await look();
  expect(again.commands).toEqual([]);
});

test('nobody gets more than five replies an hour', async () => {
  const { look, client, say, pullRequest } = await aJump();
  for (let index = 0; index < 8; index += 1) say('lead', '/scalegate help');
  expect(await publishReceipts(client, repositoryName, 1, await look())).toEqual({
    kind: 'done',
    reactions: 8,
    replies: 5,
  });
  expect(pullRequest.comments).toHaveLength(13);
});

test('who floods a pull request with commands gets ten receipts an hour, and keeps nobody from being answered', async () => {
  const { look, client, say } = await aJump();
  const flood = Array.from({ length: 25 }, () => say('mallory', '/scalegate explain'));
  const last = say('lead', '/scalegate help');
  await publishReceipts(client, repositoryName, 1, await look());
  expect(flood.filter(({ reactions }) => reactions.length > 0)).toHaveLength(10);
  expect(last.reactions).toHaveLength(1);
  expect((await look()).commands).toEqual([]);
});

test('a commit that claims to be older than an approval gains nothing by it', async () => {
  const { repository, look, say, code } = await aJump();
  say('lead', `/scalegate approve ${code}`);
  expect(await look()).toMatchObject({ verdict: 'pass' });
  const larger = { [config]: xl.replace('num_layers: 36', 'num_layers: 38') };
  const from = await repository.tip('main');
  await repository.commit('feature', larger, { author: 'engineer', date: '2001-01-01T00:00:00Z', from });
  expect(await look()).toMatchObject({ verdict: 'waiting', given: [] });
});
