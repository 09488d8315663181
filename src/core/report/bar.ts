/** A bar of so many cells for a share of one: `████████░░`. Only what reaches the limit fills it. */
export function drawBar(share: number, cells = 10): string {
  const full = share >= 1 ? cells : Math.min(cells - 1, Math.round(share * cells));
  return '█'.repeat(full) + '░'.repeat(cells - full);
}
