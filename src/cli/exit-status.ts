import type { Verdict } from '../core/report/evaluation.ts';

/** What the process ends with; scripts and hooks rely on it. */
export const exitStatus = {
  pass: 0,
  fail: 1,
  /** A wrong option, or input that cannot be read. */
  unusable: 2,
  waiting: 3,
} as const satisfies Record<Verdict | 'unusable', number>;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
