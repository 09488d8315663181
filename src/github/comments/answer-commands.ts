import type { Ledger } from '../../core/policy/approvals/ledger.ts';
import { allSlots } from '../../core/policy/for-files.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { commentId } from '../approvals/app-memory.ts';
import type { GitHubClient, RepositoryName } from '../http/client.ts';
import type { CommandComment, Conversation } from './conversation.ts';
import type { AnsweredCommand } from '../evaluated.ts';
import type { PullRequest } from '../reading/pull-request.ts';
import { readApprover } from '../approvals/reviewers.ts';

/** Commands that are answered at one time; what is left over is answered by the next evaluation. */
const mostAtOnce = 20;

/** Of one person on one pull request. Each receipt is a request of those that GitHub takes 500 of an hour. */
const mostAnHour = 10;
const hourMs = 3600_000;

/**
 * What became of the commands that have no receipt yet. Approvals are worth what the ledger says; the other commands
 * are for those who take part: others could have the App write as often as they like.
 */
export async function answerCommands(
  client: GitHubClient,
  repository: RepositoryName,
  pullRequest: PullRequest,
  policy: Policy,
  { commands }: Pick<Conversation, 'commands'>,
  ledger: Ledger,
): Promise<readonly AnsweredCommand[]> {
  const open = withinReason(commands)
    .filter(({ hasReceipt, isBot }) => !hasReceipt && !isBot)
    .slice(0, mostAtOnce);
  const known = new Map<string, Promise<boolean>>();
  const mayAsk = (by: string): Promise<boolean> => {
    const answer = known.get(by) ?? takesPart(client, repository, pullRequest, policy, by);
    known.set(by, answer);
    return answer;
  };
  const answered = open.map(async (comment): Promise<AnsweredCommand[]> => {
    const { id, by, at } = comment;
    // One receipt a comment: the last word, as with approvals
    const command =
      comment.commands.findLast(({ kind }) => kind === 'approve' || kind === 'unapprove') ?? comment.commands.at(-1);
    if (command === undefined) return [];
    if (command.kind === 'approve') {
      const entry = ledger.entries.find((candidate) => candidate.id === commentId(id));
      const ignoredBecause = entry === undefined ? 'nothing waits for approval' : entry.ignoredBecause;
      return [{ commentId: id, by, at, command, ignoredBecause }];
    }
    const ignoredBecause =
      reasonNotToAnswer(comment) ?? ((await mayAsk(by)) ? null : 'takes no part in this repository');
    return [{ commentId: id, by, at, command, ignoredBecause }];
  });
  return (await Promise.all(answered)).flat();
}

/** Without those of people who had given so many in the hour before; an approval among them counts all the same. */
function withinReason(commands: readonly CommandComment[]): readonly CommandComment[] {
  const given = new Map<string, number[]>();
  return commands.filter(({ by, at }) => {
    const before = given.get(by) ?? [];
    given.set(by, [...before, Date.parse(at)].slice(-mostAnHour));
    const isFew = before.length < mostAnHour;
    return isFew || Date.parse(at) - Math.min(...before) >= hourMs;
  });
}

function reasonNotToAnswer({ isEdited }: CommandComment): string | null {
  return isEdited ? 'stands in a comment that was edited; write a new one' : null;
}

/** The author, who the policy names, and whoever has more than read access. */
async function takesPart(
  client: GitHubClient,
  repository: RepositoryName,
  { author }: PullRequest,
  policy: Policy,
  by: string,
): Promise<boolean> {
  const slots = allSlots(policy);
  const named = [...slots.flatMap(({ users }) => users), ...(author === null ? [] : [author])];
  if (named.some((login) => login.toLowerCase() === by.toLowerCase())) return true;
  const { roleName, canWrite } = await readApprover(client, repository, by, { role: true, teams: [] });
  return (
    canWrite === true ||
    roleName === 'triage' ||
    (roleName !== null && slots.some(({ roles }) => roles.includes(roleName)))
  );
}
