// `npm run demo`: a pull request that moves the Large config to XL, served by a local GitHub, judged by the bundled
// Action as a runner would run it. Needs no network.
import { execFileSync } from 'node:child_process';
import { styleText } from 'node:util';
import { LocalGitHub } from '../test/local-github/local-github.ts';
import { runAction } from '../test/support/run-action.ts';
import { createSampleRepository, largeMovedToXl, workflowToken } from '../test/support/sample-repository.ts';
import { showMarkdown } from './show-markdown.ts';

const github = await LocalGitHub.start();
const repository = await createSampleRepository(github);
const sha = await repository.commit('large-to-xl', { 'configs/large.yaml': largeMovedToXl() }, { author: 'engineer' });
const pullRequest = await repository.openPullRequest({
  head: 'large-to-xl',
  title: 'Train the Large config at XL',
  author: 'engineer',
});

heading(`acme/vr-models, pull request #${pullRequest.number}: ${pullRequest.title}`);
const colour = process.stdout.isTTY ? 'always' : 'never';
console.log(git('diff', `--color=${colour}`, '--unified=1', 'main', 'large-to-xl'));

const result = await runAction(github, {
  eventName: 'pull_request',
  event: await github.pullRequestEvent(pullRequest, 'opened'),
  repository: 'acme/vr-models',
  sha,
  token: workflowToken(github),
});

heading('The comment');
for (const { body, author } of pullRequest.comments) console.log(`${author.login} commented\n\n${showMarkdown(body)}`);
heading('Annotations');
for (const { level, properties, message } of result.annotations) {
  console.log(`${level}  ${properties['file'] ?? ''}:${properties['line'] ?? ''}  ${message}`);
}
heading('Outputs');
for (const [name, value] of Object.entries(result.outputs)) console.log(`${name}=${value}`);
heading('The check');
console.log(
  `The job ends with exit code ${result.exitCode ?? 'none'}: ${result.exitCode === 0 ? 'success' : 'failure'}.`,
);
console.log(
  `The Action made ${github.requests.length} requests, all of them as GitHub's own API description has them.`,
);
await github.close();
if (github.violations.length > 0) throw new Error(github.violations.join('\n'));

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', repository.path, ...args], { encoding: 'utf8' });
}

function heading(text: string): void {
  console.log(`\n${styleText(['bold', 'inverse'], ` ${text} `)}\n`);
}
