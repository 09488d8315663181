import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { RepositoryName } from '../github/http/client.ts';
import type { MergeGroup } from '../github/reading/merge-group.ts';

/** What the workflow run is about. */
export type Subject =
  | { readonly kind: 'pull-request'; readonly number: number; readonly headSha: string }
  | { readonly kind: 'merge-group'; readonly group: MergeGroup }
  /** The repository as a whole, at one commit. */
  | { readonly kind: 'commit'; readonly sha: string };

const PullRequestEvent = z.object({
  pull_request: z.object({
    number: z.int(),
    head: z.object({ sha: z.string() }),
  }),
});

const MergeGroupEvent = z.object({
  merge_group: z.object({ base_sha: z.string(), base_ref: z.string(), head_sha: z.string(), head_ref: z.string() }),
});

/** Reads from the runner's environment what to evaluate. Throws for events that say nothing about a change. */
export function readSubject(env: NodeJS.ProcessEnv): Subject {
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  switch (name) {
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
      return pullRequestOf(readPayload(env));
    case 'merge_group':
      return { kind: 'merge-group', group: mergeGroupOf(readPayload(env)) };
    case 'push':
    case 'workflow_dispatch':
      return { kind: 'commit', sha: required(env, 'GITHUB_SHA') };
    default:
      throw new Error(
        `scalegate does not work on the event "${name}"; it works on pull_request, pull_request_review, merge_group, push and workflow_dispatch`,
      );
  }
}

/** The repository that the workflow runs in. */
export function readRepository(env: NodeJS.ProcessEnv): RepositoryName {
  const [owner = '', repo = ''] = required(env, 'GITHUB_REPOSITORY').split('/');
  return { owner, repo };
}

/** Of the payload only what the run is for: a run that is started again has the payload of then. */
function pullRequestOf(payload: unknown): Subject {
  const { number, head } = parse(PullRequestEvent, payload).pull_request;
  return { kind: 'pull-request', number, headSha: head.sha };
}

function mergeGroupOf(payload: unknown): MergeGroup {
  const { base_sha, base_ref, head_sha, head_ref } = parse(MergeGroupEvent, payload).merge_group;
  return { baseSha: base_sha, baseRef: base_ref.replace(/^refs\/heads\//, ''), headSha: head_sha, headRef: head_ref };
}

function parse<Event extends z.ZodType>(schema: Event, payload: unknown): z.infer<Event> {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  throw new Error(`the event's payload is not as GitHub documents it: ${z.prettifyError(result.error)}`);
}

function readPayload(env: NodeJS.ProcessEnv): unknown {
  const payload: unknown = JSON.parse(readFileSync(required(env, 'GITHUB_EVENT_PATH'), 'utf8'));
  return payload;
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set; this runs in a GitHub Actions job`);
  return value;
}
