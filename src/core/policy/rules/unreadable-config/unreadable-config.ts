import { z } from 'zod';
import { defineRule } from '../../rule.ts';

export const unreadableConfig = defineRule({
  name: 'unreadable-config',
  summary: 'Every config that the pull request touches can be read in full.',
  level: 'error',
  options: z.strictObject({}),
  checkPullRequest: (_pairs, _options, { unread }) =>
    unread.map(({ place, message, hint }) => ({
      cause: `${place.path} ${message}`,
      level: 'notice',
      place,
      message: `${place.path}: ${message}`,
      action: hint ?? 'Look at it yourself: it was not read.',
    })),
  checkPair: ({ problems }) =>
    problems.map(({ code, place, key, message, hint }) => ({
      cause: `${code} ${key ?? ''} ${message}`,
      place,
      message: key === null ? message : `${key}: ${message}`,
      action: hint ?? 'Correct the config: until then nothing is known of the run.',
    })),
});
