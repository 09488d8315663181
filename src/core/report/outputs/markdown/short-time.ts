import { plainText } from '../../escape.ts';

/** `2026-11-23 12:00 UTC`; whatever is no time stays as it is, escaped. */
export function shortTime(at: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(at);
  return match === null ? plainText(at, 40) : `${match[1] ?? ''} ${match[2] ?? ''} UTC`;
}
