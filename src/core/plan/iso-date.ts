/** The calendar day in a text, `2026-10-03`; null where there is none, or no such day. */
export function findIsoDate(text: string): string | null {
  const date = /(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/.exec(text)?.[0];
  if (date === undefined) return null;
  const time = Date.parse(`${date}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(date) ? date : null;
}
