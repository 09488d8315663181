import type { KeyPath } from '../document/document.ts';
import type { StatedFacts } from './stated-facts.ts';

/** PyTorch's ShardingStrategy, by name in any case and by number (torch.distributed.fsdp); SHARD_GRAD_OP is what ZeRO calls stage 2. */
const strategies = new Map([
  ['FULL_SHARD', 'zero3'],
  ['1', 'zero3'],
  ['SHARD_GRAD_OP', 'zero2'],
  ['2', 'zero2'],
  ['NO_SHARD', 'ddp'],
  ['3', 'ddp'],
  ['HYBRID_SHARD', 'hsdp'],
  ['4', 'hsdp'],
  ['HYBRID_SHARD_ZERO2', 'hsdp'],
  ['_HYBRID_SHARD_ZERO2', 'hsdp'],
  ['5', 'hsdp'],
] as const);

/** States what a sharding strategy of FSDP divides; a name that is none says nothing. */
export function stateFsdpStrategy(stated: StatedFacts, name: string | number, keys: KeyPath): void {
  const spelled = String(name).toUpperCase();
  stated.state('parallelism.sharding', strategies.get(spelled as '1'), keys);
  // The hybrid form of stage 2 keeps gathered weights, as SHARD_GRAD_OP does.
  if (/^_?HYBRID_SHARD_ZERO2$|^5$/.test(spelled)) stated.state('parallelism.reshard_after_forward', false, keys);
}
