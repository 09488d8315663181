import type { Training } from '../../run/training.ts';

/**
 * Whether transformers is older than its version 5, of January 2026; null where nothing tells. A date tells for every trainer,
 * a version for transformers' own alone: TRL 0.24 or axolotl 0.12 are no versions of transformers.
 */
export function isBeforeTransformers5({ trainer, trainerVersion }: Training): boolean | null {
  if (trainerVersion === undefined) return null;
  const first = Number.parseInt(trainerVersion.replace(/^v/, ''), 10);
  if (first >= 1900) return first < 2026;
  return trainer === 'huggingface' && Number.isFinite(first) ? first < 5 : null;
}
