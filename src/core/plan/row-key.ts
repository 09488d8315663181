/** The identity of a row: its name without case and spacing. */
export function rowKey(name: string): string {
  return name.toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
