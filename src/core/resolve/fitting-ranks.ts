import type { Hardware } from '../run/hardware.ts';
import type { Ledger } from './ledger.ts';

/**
 * A number of GPUs that the config does not state itself (the policy's, for many files at once) gives way where it does
 * not divide what the config states: the nearest smaller number that does is taken, and said to be.
 */
export function fittingRanks(ledger: Ledger, hardware: Hardware): Hardware {
  const { count } = hardware;
  if (count === null || ledger.isFromConfig('hardware.count')) return hardware;
  const ways = waysOf(ledger);
  const ranks = Math.max(1, Math.floor(count / ways));
  const fitting = ranksFor(ledger, ranks) * ways;
  if (fitting === count) return hardware;
  const who = ledger.facts['hardware.count']?.authority ?? 'policy';
  ledger.assume(
    'hardware.count',
    fitting,
    `the ${who}'s ${count} GPUs do not divide the parallel sizes and the batch that the config states`,
  );
  return { ...hardware, count: fitting };
}

function waysOf(ledger: Ledger): number {
  const sizes = ['parallelism.tensor', 'parallelism.pipeline', 'parallelism.context'] as const;
  return sizes.reduce((product, field) => product * (ledger.stated(field) ?? 1), 1);
}

/** The most data parallel ranks, up to so many, for which global = micro × accumulation × ranks comes out even. */
function ranksFor(ledger: Ledger, most: number): number {
  const own = (
    field: 'training.global_batch_size' | 'training.micro_batch_size' | 'training.gradient_accumulation_steps',
  ) => (ledger.isFromConfig(field) ? (ledger.facts[field]?.value ?? null) : null);
  const global = own('training.global_batch_size');
  const micro = own('training.micro_batch_size');
  const accumulation = own('training.gradient_accumulation_steps');
  const perRank = (micro ?? 1) * (accumulation ?? 1);
  if (global === null || global % perRank !== 0) return most;
  if (micro !== null && accumulation !== null) return global / perRank;
  let ranks = Math.min(most, global / perRank);
  while (global % (perRank * ranks) !== 0) ranks -= 1;
  return ranks;
}
