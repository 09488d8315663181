const longest = 40;

/** A value as a message shows it: short, on one line, without characters that change how text reads. */
export function showValue(value: unknown): string {
  if (typeof value === 'string') return showText(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a map';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'nothing';
}

/** Text in quotes, cut at 40 characters; control and format characters (bidirectional ones too) are left out. */
export function showText(text: string): string {
  return `"${cutText(text)}"`;
}

/** The keys from the root to a value: `scales[2].name`. */
export function showKeys(keys: readonly PropertyKey[]): string {
  let shown = '';
  for (const key of keys) {
    if (typeof key === 'number') shown += `[${key}]`;
    else shown += shown === '' ? cutText(String(key)) : `.${cutText(String(key))}`;
  }
  return shown;
}

function cutText(text: string): string {
  const start = text.slice(0, 4 * longest).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '');
  return text.length > longest ? `${start.slice(0, longest)}…` : start;
}
