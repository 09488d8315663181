import { createClient } from '../github/http/client.ts';
import { isRequestFailure } from '../github/http/explain-error.ts';
import { todayIn } from '../workspace/today.ts';
import { refuseCheckedOutHead } from './checkout.ts';
import { failsJob } from './conclusion.ts';
import { evaluate } from './evaluate.ts';
import { readRepository, readSubject } from './event.ts';
import { explain } from './explain.ts';
import { readInputs } from './inputs.ts';
import { publishAnnotations, publishOutputs, publishSummary, publishToPullRequest, verdictLine } from './publish.ts';
import { actionsRunner, type Runner } from './runner.ts';

/** Runs the Action as a step of a job and returns its exit status. */
export async function run(env: NodeJS.ProcessEnv = process.env, runner: Runner = actionsRunner): Promise<number> {
  try {
    return await evaluateAndPublish(env, runner);
  } catch (error) {
    const reportsOnly = env['INPUT_MODE'] === 'report';
    runner.annotate({ level: reportsOnly ? 'warning' : 'error', message: describe(error) });
    return reportsOnly ? 0 : 1;
  }
}

/** What went wrong in the world has a sentence; anything else is a mistake of ours and shows where. */
function describe(error: unknown): string {
  if (isRequestFailure(error) || (error instanceof Error && error.constructor === Error)) {
    return `scalegate could not evaluate: ${explain(error)}`;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `This is a mistake in scalegate; please report it at https://github.com/scalegate/scalegate/issues\n${stack}`;
}

async function evaluateAndPublish(env: NodeJS.ProcessEnv, runner: Runner): Promise<number> {
  const inputs = readInputs(env);
  const repository = readRepository(env);
  const subject = readSubject(env);
  if (subject.kind === 'pull-request' && env['GITHUB_EVENT_NAME'] === 'pull_request_target') {
    await refuseCheckedOutHead(env['GITHUB_WORKSPACE'] ?? '.', subject.headSha);
  }

  const client = createClient(inputs.token, env['GITHUB_API_URL'] ?? 'https://api.github.com');
  const options = { policyPath: inputs.policy, today: todayIn(env) };
  const evaluated = await evaluate(client, repository, subject, options);

  const { because, evaluation } = evaluated;
  if (because !== null) runner.annotate({ level: 'notice', message: because });
  publishAnnotations(runner, evaluation);
  await publishSummary(runner, evaluation, inputs);
  publishOutputs(runner, evaluation, env);
  if (subject.kind === 'pull-request' && inputs.comment) {
    await publishToPullRequest(client, repository, subject, runner, evaluated, inputs);
  }

  if (failsJob(evaluation, inputs)) {
    runner.annotate({ level: 'error', message: verdictLine(evaluation) });
    return 1;
  }
  runner.log(verdictLine(evaluation));
  return 0;
}
