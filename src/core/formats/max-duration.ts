import type { ConfigReader } from './config-reader.ts';

/**
 * `max_duration` of Composer, and of OLMo after it: `100ba` batches, `2ep` epochs, `5e12T` or `300e9tok` tokens,
 * `1000sp` samples; a bare number is in batches for OLMo and in epochs for Composer (composer/core/time.py).
 */
export function stateMaxDuration(config: ConfigReader, bare: 'steps' | 'epochs' = 'steps'): void {
  const key = 'max_duration';
  const value = config.value(key);
  if (value === undefined) return;
  const match = typeof value === 'string' || typeof value === 'number' ? durationPattern.exec(String(value)) : null;
  const amount = match === null ? Number.NaN : Number((match[1] ?? '').replaceAll('_', ''));
  const unit = match?.[2]?.toLowerCase() ?? '';
  if (!Number.isFinite(amount) || !Object.hasOwn(units, unit)) {
    config.refuse(key, 'unknown-value', 'This is no duration.', 'Expected a duration such as 1000ba, 2ep or 5e12tok.');
    return;
  }
  const field = unit === '' ? (bare === 'steps' ? 'training.steps' : 'training.epochs') : units[unit];
  if (amount > 0 && field !== undefined && field !== null) config.stateAs(field, key, amount);
}

const durationPattern = /^([\d_.]{1,30}(?:e\+?\d{1,3})?)\s*([a-z]*)$/i;

const units: Readonly<
  Record<string, 'training.steps' | 'training.epochs' | 'training.tokens' | 'training.samples' | null>
> = {
  '': null,
  ba: 'training.steps',
  ep: 'training.epochs',
  tok: 'training.tokens',
  t: 'training.tokens',
  sp: 'training.samples',
  // Seconds and iterations end it too, after no known number of steps.
  sec: null,
  iter: null,
};
