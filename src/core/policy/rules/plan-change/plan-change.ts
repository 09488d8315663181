import { z } from 'zod';
import { defineRule } from '../../rule.ts';

export const planChange = defineRule({
  name: 'plan-change',
  summary: 'The pull request leaves the plan and the policy alone.',
  level: 'approval',
  isAboutPullRequest: true,
  options: z.strictObject({}),
  checkPullRequest(_pairs, _options, { changedGuards }) {
    return changedGuards.map((place) => ({
      place,
      message: `The pull request changes ${place.path}, which decides what later ones may do.`,
      action: 'Ask an approver to approve the change. This pull request is judged by the version at its base.',
    }));
  },
});
