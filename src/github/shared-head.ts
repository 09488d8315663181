import type { Check, Conclusion } from './check.ts';
import type { KnownCheckRun, readCheckText } from './known-check-runs.ts';

/**
 * A check belongs to a commit. Where other open pull requests have the same head, GitHub shows all of them the newest run
 * of it: a branch that passes against one base must not let the same branch into another. So the check must hold for each,
 * and concludes the worst of what was said of any.
 */
export async function joinSharers(
  check: Check,
  runsOnHead: readonly KnownCheckRun[],
  sharing: readonly number[],
  read: (run: KnownCheckRun) => ReturnType<typeof readCheckText>,
): Promise<Check> {
  let joined = check;
  for (const number of sharing) {
    const run = runsOnHead.find(({ about, isCompleted }) => isCompleted && about.pullRequest === number);
    if (run === undefined) continue;
    const conclusion = (await read(run)).seal?.conclusion ?? 'failure';
    if (severity[conclusion] <= severity[joined.conclusion]) continue;
    const note = `Pull request #${number} has the same head commit, and its check ${words[conclusion]}. A check belongs to a commit, so that this one ${words[conclusion]} too.`;
    const title = `${check.title}; pull request ${number} ${words[conclusion]}`;
    joined = { ...check, conclusion, title, summary: `${note}\n\n${check.summary}` };
  }
  return joined;
}

const severity: Record<Conclusion, number> = { success: 0, action_required: 1, failure: 2 };

const words: Record<Conclusion, string> = { success: 'passes', action_required: 'waits', failure: 'fails' };
