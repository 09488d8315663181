import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTable } from 'micromark-extension-gfm-table';
import { expect, test } from 'vitest';
import { largeMovedToXl } from '../support/sample-repository.ts';
import { Jump, type NewJump } from './jump.ts';
import { withRunningApp } from './with-running-app.ts';

const app = withRunningApp();
const patiently = { timeout: 120_000 };
const xl = largeMovedToXl();
const waiting = { conclusion: 'action_required', buttons: ['Approve', 'Check again'] };

async function aJump(request: NewJump = {}): Promise<Jump> {
  const jump = await Jump.open(app.local, { name: app.newName(), ...request });
  await app.idle();
  return jump;
}

/** All that a renderer could take for something else than text. */
const nasty =
  '@acme/leads #1 <img src=x onerror=alert(1)> <!-- scalegate:comment --> [a](http://evil.example) ![b](//evil.example/c.png) ' +
  '| x | `c` ```d``` **e** $f$ https://evil.example www.evil.example \u202e\u200b\u2066 </details></code> /scalegate approve';

function nodesOf(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(nodesOf) : [])];
}

/** Only what we write ourselves is HTML or a link, nobody is mentioned, and nothing is hidden or turned around. */
function expectHarmless(markdown: string): void {
  const nodes = nodesOf(
    fromMarkdown(markdown, { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] }),
  );
  const ours =
    /^(?:<\/?(?:details|summary|sub|code|br)>|<!-- scalegate:(?:comment|of [0-9a-f]{40} [0-9a-f]{40}|said .*|ledger[^>]*) -->|[^<])*$/;
  for (const node of nodes) {
    if (node.type === 'html') expect(node.value.replaceAll(/&[a-z#0-9]+;/g, '')).toMatch(ours);
    if (node.type === 'link') expect(node.url).toMatch(/^https:\/\/github\.com\/scalegate\/scalegate/);
    expect(['image', 'imageReference', 'linkReference', 'definition']).not.toContain(node.type);
    if (node.type === 'text') expect(node.value).not.toMatch(/@\w|#\d|https?:\/\/|www\./);
  }
  expect(markdown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/);
  expect(markdown.length).toBeLessThan(65_536);
}

function expectAllHarmless(jump: Jump): void {
  const { summary, text, title } = jump.run();
  for (const markdown of [
    jump.comments()[0]?.body ?? '',
    summary ?? '',
    (text ?? '').replaceAll(/<!--[^]*?-->/g, ''),
  ]) {
    expectHarmless(markdown);
  }
  // Our own words and figures, `Large → XL · cost $17,752 → $136,105`, and nothing that could be markup or a mention
  expect(title).toMatch(/^[\w .,:;%()'/$×→·…-]{1,255}$/u);
}

test(
  'what stands in configs, names, messages and owners is shown as text, and approves nothing',
  patiently,
  async () => {
    const jump = await aJump({ files: { '.github/CODEOWNERS': `* @lead\n# ${nasty}\n` } });
    const code = jump.code();
    const approving = `${nasty} ${code}\n/scalegate approve ${code}\n`;
    const named = `configs/@acme|\`x\`<b>[l](evil)$ /scalegate approve ${code}.yaml`;
    await jump.fork.commit(
      'jump',
      {
        'configs/large.yaml': xl.replace('name: large', `name: ${JSON.stringify(approving)}`),
        [named]: xl.replace('name: large', `name: ${JSON.stringify(nasty)}`),
        'configs/broken.yaml': `scalegate: 1\n"${nasty.replaceAll(/["\\]/g, '')}": {\n`,
        'configs/unknown.yaml': `${xl}${JSON.stringify(nasty)}: 1\n`,
      },
      {
        author: 'outsider',
        message: `/scalegate approve ${code}\n\n/scalegate approve ${code}\nCo-authored-by: ${nasty} <x@y.example>`,
      },
    );
    await app.idle();
    expect(['action_required', 'failure']).toContain(jump.run().conclusion);
    expect(jump.comments()).toHaveLength(1);
    expect(jump.seen().comment).toContain('large.yaml');
    expect(jump.approvals()).toEqual([]);
    expectAllHarmless(jump);
  },
);

test('a branch name is as harmless', patiently, async () => {
  const jump = await aJump();
  const branch = `x/@acme|\`y\`<b>$z$--scalegate-approve-${jump.code()}`;
  await jump.fork.commit(branch, { 'configs/large.yaml': xl }, { author: 'outsider', from: 'main' });
  await jump.repository.commit(branch, { 'readme.md': 'base' }, { author: 'lead' });
  const head = { repository: jump.fork, branch };
  const other = await jump.repository.openPullRequest({
    head,
    base: branch,
    author: 'outsider',
    title: nasty,
    body: nasty,
  });
  await app.idle();
  const run = jump.runs(other.headSha).at(-1);
  expect(run).toMatchObject({ conclusion: 'action_required' });
  expectHarmless(other.comments[0]!.body);
  expectHarmless(run!.summary!);
});

test('a command that is not somebody’s own words approves nothing', patiently, async () => {
  const jump = await aJump();
  const command = `/scalegate approve ${jump.code()}`;
  const { pullRequest } = jump;
  for (const body of [
    `> ${command}\n\nWhat does this do?`,
    `\`\`\`\n${command}\n\`\`\``,
    `    ${command}`,
    `<!--\n${command}\n-->`,
    `<details>\n${command}\n</details>`,
    `Please ${command}`,
    `\`a\n${command}\n\``,
  ]) {
    pullRequest.comment('lead', body);
  }
  pullRequest.edit(pullRequest.comment('lead', 'LGTM'), 'mallory', command);
  pullRequest.review({ author: 'lead', state: 'COMMENTED', body: command });
  pullRequest.comment('helper[bot]', command);
  pullRequest.review({ author: 'helper[bot]', state: 'APPROVED', body: nasty });
  pullRequest.comment('mallory', `<!-- scalegate:comment -->\n### ✅ scalegate: passes\n\n${command}`);
  pullRequest.comment('mallory', command);
  pullRequest.review({ author: 'mallory', state: 'APPROVED', body: `${nasty}\n${command}` });
  await app.idle();
  expect(jump.seen()).toMatchObject(waiting);
  expect(jump.seen().comment).toContain('Given so far: 0 of 1');
  expect(jump.comments()).toHaveLength(1);
  expect(jump.approvals().every((line) => line.includes('does not count'))).toBe(true);
  expectAllHarmless(jump);
});

test('ten megabytes anywhere are no way in, and no way to keep the check away', patiently, async () => {
  const huge = `${nasty} `.repeat(Math.ceil(10_000_000 / nasty.length));
  const jump = await aJump({ files: { '.github/CODEOWNERS': `* @lead\n#${huge.replaceAll('\n', ' ')}\n` } });
  const command = `/scalegate approve ${jump.code()}`;
  // Longer than any comment that GitHub takes
  jump.pullRequest.comment('lead', `${huge.slice(0, 70_000)}\n\n${command}`);
  jump.pullRequest.review({ author: 'mallory', state: 'APPROVED', body: huge });
  await jump.push(xl.replace('name: large', `name: ${JSON.stringify(huge)}`), {
    'configs/huge.yaml': `scalegate: 1\n# ${huge}\n`,
  });
  await app.idle();
  expect(['action_required', 'failure']).toContain(jump.run().conclusion);
  expect(jump.comments()).toHaveLength(1);
  expect(jump.seen().comment).not.toContain('✅ `');
  expectAllHarmless(jump);
});
