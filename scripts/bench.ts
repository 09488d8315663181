// `npm run bench`: the bundled Action as a whole process on pull requests of 1, 100 and 1,000 changed configs, with the
// API requests it makes. The local GitHub answers from the same machine, so figures compare within one run only.
// Before them, estimates a second and the time of one `fit` on one core, and what the queues of the App take and do.
import { performance } from 'node:perf_hooks';
import { LocalGitHub } from '../test/local-github/local-github.ts';
import { findPostgresPrograms } from '../test/support/postgres-programs.ts';
import { PostgresServer } from '../test/support/postgres-server.ts';
import { runAction } from '../test/support/run-action.ts';
import { createSampleRepository, sampleConfig, workflowToken } from '../test/support/sample-repository.ts';
import { appFigures } from './bench/app-figures.ts';
import { deliveriesPerSecond } from './bench/deliveries-per-second.ts';
import { estimatesPerSecond } from './bench/estimates-per-second.ts';
import { fitSeconds } from './bench/fit-seconds.ts';
import { jobsPerSecond } from './bench/jobs-per-second.ts';

const { configs, fromText, fromRun } = estimatesPerSecond();
console.log(`estimates a second, over ${configs} configs on one core`);
console.log(`  from the text of a config   ${Math.round(fromText).toLocaleString('en-US').padStart(9)}`);
console.log(`  of a run that is read       ${Math.round(fromRun).toLocaleString('en-US').padStart(9)}\n`);

console.log('seconds of a search for what fits');
console.log(`  examples/configs/xl.yaml, nothing checkpointed ${fitSeconds().toFixed(2).padStart(9)}\n`);

const postgres = typeof (await findPostgresPrograms()) === 'string' ? null : await PostgresServer.start();
console.log('queue       adds a second  ms to durable (99th percentile)  jobs a second');
for (const { queue, adds, addMs, jobs } of await jobsPerSecond(postgres?.url ?? null)) {
  const columns = [adds.toFixed(0).padStart(13), addMs.toFixed(1).padStart(31), jobs.toFixed(0).padStart(13)];
  console.log(`${queue.padEnd(10)}  ${columns.join('  ')}`);
}
console.log('');

if (postgres !== null) {
  console.log('instances on PostgreSQL  deliveries stored a second  and done a second');
  for (const instances of [1, 2, 4]) {
    const { stored, done } = await deliveriesPerSecond(postgres.url, instances);
    console.log(`${`${instances}`.padStart(23)}  ${stored.toFixed(0).padStart(26)}  ${done.toFixed(0).padStart(17)}`);
  }
  await postgres.close();
  console.log('');
}

const app = await appFigures();
const { first, unchanged, approval } = app.requests;
console.log('the App, its queue in SQLite');
console.log(`  signed deliveries a second                    ${app.deliveriesPerSecond.toFixed(0).padStart(7)}`);
console.log(`  ms to the acknowledgement (99th percentile)   ${app.acknowledgedMs.toFixed(1).padStart(7)}`);
console.log(`  ms to the published check (99th percentile)   ${app.publishedMs.toFixed(0).padStart(7)}`);
console.log(
  `  API requests: first evaluation ${first}, push that changes nothing ${unchanged}, approval ${approval}\n`,
);

const sizes = [1, 100, 1000];
const runs = 5;

console.log('configs  requests  seconds (median of 5)  against 1 config');
let one: number | null = null;
for (const size of sizes) {
  const { seconds, requests } = await measure(size);
  one ??= seconds;
  const columns = [
    String(size).padStart(7),
    String(requests).padStart(8),
    seconds.toFixed(2).padStart(21),
    `${(seconds / one).toFixed(1)}×`.padStart(16),
  ];
  console.log(columns.join('  '));
}

async function measure(size: number): Promise<{ seconds: number; requests: number }> {
  const github = await LocalGitHub.start();
  const repository = await createSampleRepository(github);
  const names = Array.from({ length: size }, (_, index) => `configs/sweep/${index}.yaml`);
  await repository.commit('main', Object.fromEntries(names.map((name) => [name, sampleConfig('large.yaml')])));
  const changed = sampleConfig('large.yaml').replace('micro_batch_size: 32', 'micro_batch_size: 16');
  const sha = await repository.commit('sweep', Object.fromEntries(names.map((name) => [name, changed])));
  const pullRequest = await repository.openPullRequest({ head: 'sweep', author: 'engineer' });
  const request = {
    eventName: 'pull_request',
    event: await github.pullRequestEvent(pullRequest),
    repository: 'acme/vr-models',
    sha,
    token: workflowToken(github),
  };

  // The first run creates the comment and warms the caches of the disk; the counted ones find it there.
  await runAction(github, request);
  const before = github.requests.length;
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    const { exitCode, log } = await runAction(github, request);
    times.push((performance.now() - start) / 1000);
    if (exitCode === null) throw new Error(log);
  }
  const requests = (github.requests.length - before) / runs;
  await github.close();
  return { seconds: times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? Number.NaN, requests };
}
