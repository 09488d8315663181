import { z } from 'zod';
import { defineRule } from '../../rule.ts';

/** A broken file has many mistakes with one cause. */
const most = 10;

export const unreadablePolicy = defineRule({
  name: 'unreadable-policy',
  summary: 'After the pull request, plan and policy can be read in full.',
  level: 'error',
  isAboutPullRequest: true,
  options: z.strictObject({}),
  checkPullRequest(_pairs, _options, { proposal }) {
    return (proposal?.problems ?? []).slice(0, most).map(({ code, place, key, message, hint }) => ({
      cause: `${code} ${place.path}:${place.line}:${place.column}`,
      place,
      message: `${place.path} has a mistake on line ${place.line}: ${key === null ? '' : `${key}: `}${message}`,
      action: `${hint ?? ''} Once merged, it would fail every pull request that changes a config.`.trim(),
    }));
  },
});
