/** What a pull request comes to. */
export type Verdict = 'pass' | 'waiting' | 'fail';

/** From nothing to the worst. */
export const levels = ['off', 'notice', 'warning', 'approval', 'error'] as const;

/** What a broken rule does: `approval` makes the pull request wait, `error` fails it. */
export type Level = (typeof levels)[number];
