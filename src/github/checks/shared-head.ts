import type { Check, Conclusion } from './check.ts';
import type { readCheckText, KnownCheckRun, SharedHead } from './known-check-runs.ts';

/** A check that holds for every pull request that shows it, and the numbers of those that have to be looked at for that. */
export interface JoinedCheck {
  readonly check: Check;
  readonly unseen: readonly number[];
}

/**
 * A check belongs to a commit. Where other open pull requests have the same head, GitHub shows all of them the newest run
 * of it: a branch that passes against one base must not let the same branch into another. So the check must hold for each,
 * and concludes the worst of what was said of any. Whoever was not looked at has not passed.
 */
export async function joinSharers(
  check: Check,
  number: number,
  { isListed, pullRequests, runs }: SharedHead,
  read: (run: KnownCheckRun) => ReturnType<typeof readCheckText>,
): Promise<JoinedCheck> {
  if (!isListed) {
    return { check: worse(check, 'action_required', 'GitHub does not list them all', tooMany), unseen: [] };
  }
  let joined = check;
  const unseen: number[] = [];
  for (const other of pullRequests.filter((candidate) => candidate !== number)) {
    const run = runs.find(({ about, isCompleted }) => isCompleted && about.pullRequest === other);
    if (run === undefined) {
      unseen.push(other);
      joined = worse(joined, 'action_required', `pull request ${other} was not looked at yet`, notSeen(other));
      continue;
    }
    const conclusion = (await read(run)).seal?.conclusion ?? 'failure';
    joined = worse(joined, conclusion, `pull request ${other} ${words[conclusion]}`, because(other, conclusion));
  }
  return { check: joined, unseen };
}

function worse(check: Check, conclusion: Conclusion, title: string, note: string): Check {
  if (severity[conclusion] <= severity[check.conclusion]) return check;
  return { ...check, conclusion, title: `${check.title}; ${title}`, summary: `${note}\n\n${check.summary}` };
}

function because(number: number, conclusion: Conclusion): string {
  return `Pull request #${number} has the same head commit, and its check ${words[conclusion]}. A check belongs to a commit, so this one ${words[conclusion]} too.`;
}

function notSeen(number: number): string {
  return `Pull request #${number} has the same head commit and is being evaluated. A check belongs to a commit, so this one waits for that.`;
}

const tooMany =
  'More pull requests than GitHub lists have this commit. A check belongs to a commit, and one that nobody has seen might not pass. Push another commit, and this pull request has a check of its own.';

const severity: Record<Conclusion, number> = { success: 0, action_required: 1, failure: 2 };

const words: Record<Conclusion, string> = { success: 'passes', action_required: 'waits', failure: 'fails' };
