/**
 * The day (`2026-11-23`) by which old prices say so. SOURCE_DATE_EPOCH
 * (https://reproducible-builds.org/specs/source-date-epoch/) fixes it, so that an output can be had again.
 */
export function todayIn(env: NodeJS.ProcessEnv, now: number = Date.now()): string {
  const fixed = env['SOURCE_DATE_EPOCH'] ?? '';
  return dayOf(/^\d{1,11}$/.test(fixed) ? Number(fixed) * 1000 : now);
}

/** The day in UTC of a time in milliseconds. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
