import { allSlots } from '../../core/policy/for-files.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { startOf } from '../../core/problem.ts';
import type { GitHubClient, RepositoryName } from '../../github/http/client.ts';
import { statusOf } from '../../github/http/status-of.ts';
import type { Remark } from '../print-remark.ts';

/** What the check is called: that of the App, and the jobs of workflows that run the Action. */
export interface ChecksOfScalegate {
  readonly names: readonly string[];
  /** Whether each of those workflows runs in a merge queue. */
  readonly hearsMergeQueue: boolean;
}

/**
 * What the settings on GitHub leave open: whether the default branch requires the check and takes it from its source
 * alone, whether its merge queue is heard, and whether the teams and users of the policy can approve. It reads only.
 */
export async function githubRemarks(
  client: GitHubClient,
  repository: RepositoryName,
  policy: Policy,
  checks: ChecksOfScalegate,
): Promise<readonly Remark[]> {
  const { data } = await client.request('GET /repos/{owner}/{repo}', { ...repository });
  const [branch, people] = await Promise.all([
    branchRemarks(client, repository, data.default_branch, checks),
    approverRemarks(client, repository, policy),
  ]);
  return [...branch, ...people];
}

async function branchRemarks(
  client: GitHubClient,
  { owner, repo }: RepositoryName,
  branch: string,
  { names, hearsMergeQueue }: ChecksOfScalegate,
): Promise<readonly Remark[]> {
  // Rulesets of the repository and of its organization; it takes no more than the right to read the repository
  const { data: rules } = await client.request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
    owner,
    repo,
    branch,
    per_page: 100,
  });
  const place = startOf(`${owner}/${repo}`);
  const required = rules
    .flatMap((rule) => (rule.type === 'required_status_checks' ? (rule.parameters?.required_status_checks ?? []) : []))
    .filter(({ context }) => names.includes(context));
  const fromAnybody = required.filter(({ integration_id: source }) => source === undefined);
  const hasQueue = rules.some(({ type }) => type === 'merge_queue');
  const remarks: (Remark | false)[] = [
    required.length === 0 && {
      level: 'error',
      rule: 'not-required',
      place,
      message: `No ruleset requires ${names.join(' or ')} for the branch ${branch}: a pull request can be merged whatever it says. Require it in a ruleset, with its App as the source. A classic branch protection is not looked at.`,
    },
    fromAnybody.length > 0 && {
      level: 'warning',
      rule: 'any-source',
      place,
      message: `The branch ${branch} takes ${fromAnybody.map(({ context }) => context).join(' and ')} from anybody who may write a status. Name its App as the source in the ruleset.`,
    },
    hasQueue &&
      !hearsMergeQueue && {
        level: 'error',
        rule: 'merge-queue-unheard',
        place,
        message: `The branch ${branch} has a merge queue, and the workflow does not run on merge_group: nothing would leave the queue. Add merge_group to on.`,
      },
  ];
  return remarks.filter((remark) => remark !== false);
}

/** Teams that can't be seen or have no members, and users without access: who waits for them waits for ever. */
async function approverRemarks(
  client: GitHubClient,
  { owner, repo }: RepositoryName,
  policy: Policy,
): Promise<readonly Remark[]> {
  const slots = allSlots(policy);
  const place = startOf(policy.path ?? '.github/scalegate.yml');
  const error = (message: string): Remark[] => [{ level: 'error', rule: 'never-approved', place, message }];
  const teams = [...new Set(slots.flatMap((slot) => slot.teams))].map(async (team) => {
    const [org = '', slug = ''] = team.split('/');
    const members = await seen(
      client.request('GET /orgs/{org}/teams/{team_slug}/members', { org, team_slug: slug, per_page: 1 }),
    );
    if (members === null)
      return error(
        `The team ${team} can't be seen with this token: there is none, or it takes the right to read the organization's members.`,
      );
    return members.data.length > 0 ? [] : error(`The team ${team} has no members: nobody can approve for it.`);
  });
  const users = [...new Set(slots.flatMap((slot) => slot.users))].map(async (username) => {
    const access = await seen(
      client.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', { owner, repo, username }),
    );
    return access !== null && access.data.permission !== 'none'
      ? []
      : error(`${username} has no access to ${owner}/${repo}, and can't approve.`);
  });
  return (await Promise.all([...teams, ...users])).flat();
}

/** null for what is not there, or must not be seen. */
async function seen<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if ([403, 404].includes(statusOf(error) ?? 0)) return null;
    throw error;
  }
}
