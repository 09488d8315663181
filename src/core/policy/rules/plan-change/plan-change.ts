import { z } from 'zod';
import { startOf } from '../../../problem.ts';
import { configOf, launcherOf } from '../../../recipe-path.ts';
import type { Proposal } from '../../proposal.ts';
import { defineRule, type Complaint } from '../../rule.ts';

/** What is listed of a change: the rest is in the diff. */
const most = { changes: 8, configs: 5 };

export const planChange = defineRule({
  name: 'plan-change',
  summary: 'The pull request leaves the plan and the policy alone.',
  level: 'approval',
  isAboutPullRequest: true,
  options: z.strictObject({}),
  checkPullRequest(_pairs, _options, { changedGuards, proposal }) {
    const paths = new Set(changedGuards.map(({ path }) => path));
    return changedGuards.map(({ path }, index): Complaint => {
      // What another file says that takes the place of one of them is told with the first
      const isToldHere = (where: string): boolean => where === path || (index === 0 && !paths.has(where));
      const changes = proposal?.changes.filter(({ place }) => isToldHere(place.path)) ?? [];
      const shown = changes.slice(0, most.changes).map(({ what }) => what);
      const more = changes.length > shown.length ? `; and ${changes.length - shown.length} more` : '';
      const what = shown.length === 0 ? '' : ` ${shown.join('; ')}${more}.`;
      const effect = index === 0 && proposal !== null ? effectOf(proposal) : '';
      return {
        // Each file has changes of its own to tell
        cause: `change of ${path}`,
        place: startOf(path),
        message: `The pull request changes ${path}, which decides what later ones may do.${what}${effect}`,
        action: 'Ask an approver to approve the change. This pull request is judged by the version at its base.',
      };
    });
  },
});

/** Which runs would get another verdict. */
function effectOf({ verdicts, judged, isCut, problems }: Proposal): string {
  if (problems.length > 0 || judged === 0) return '';
  const all = `${isCut ? 'the first ' : ''}${judged} existing ${judged === 1 ? 'run' : 'runs'}`;
  if (verdicts.length === 0) return ` Judged by it as if new, ${all} would get the same verdict.`;
  const shown = verdicts
    .slice(0, most.configs)
    .map(({ path, before, after }) => `${nameOf(path)} ${before} → ${after}`);
  const more = verdicts.length > shown.length ? ` and ${verdicts.length - shown.length} more` : '';
  return ` Judged by it as if new, ${verdicts.length} of ${all} would get another verdict: ${shown.join(', ')}${more}.`;
}

function nameOf(path: string): string {
  const launcher = launcherOf(path);
  return launcher === null ? path : `${configOf(path)} (started by ${launcher})`;
}
