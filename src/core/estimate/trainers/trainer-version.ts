/** Whether a version (`4.57.1`) or a date (`2025-06`) is before a major version, or before the year in which it came out. */
export function isBefore(version: string, major: number, year: number): boolean {
  const first = Number.parseInt(version.replace(/^v/, ''), 10);
  return first < (first >= 1900 ? year : major);
}
