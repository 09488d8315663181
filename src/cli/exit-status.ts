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

/** What they mean, below the help of a command that judges. */
export const statusHelp = `
Exit status: 0 pass, 1 fail, 2 usage or unreadable input, 3 waiting for approval.`;
