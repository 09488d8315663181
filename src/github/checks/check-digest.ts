import { createHash } from 'node:crypto';
import type { Check, Conclusion } from './check.ts';

/**
 * A line that no reader of the Markdown sees. It closes the text of a run that says all it was meant to say: what it
 * said, as a hash, and what it concluded of its own pull request alone.
 */
export function sealText(text: string, check: Check, about: string): string {
  return `${text}\n\n<!-- scalegate:said ${digestOf(check, about)} ${check.conclusion} -->`;
}

/** What a sealed text was before, and its seal; null without one, as of a run that was broken off. */
export function unsealText(sealed: string): { readonly text: string; readonly seal: Seal | null } {
  const match = seal.exec(sealed);
  if (match === null) return { text: sealed, seal: null };
  const [line, digest = '', conclusion = 'failure'] = match;
  // The pattern names the three
  return { text: sealed.slice(0, -line.length), seal: { digest, conclusion: conclusion as Conclusion } };
}

export interface Seal {
  readonly digest: string;
  readonly conclusion: Conclusion;
}

const seal = /\n\n<!-- scalegate:said ([0-9a-f]{64}) (success|failure|action_required) -->\s*$/;

/** Of all that a run shows; the same for two runs between which a reader sees no difference. */
export function digestOf(check: Check, about: string): string {
  const { annotations, buttons, conclusion, summary, text, title } = check;
  const shown = [about, conclusion, title, summary.trim(), text.trim(), annotations, buttons];
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex');
}
