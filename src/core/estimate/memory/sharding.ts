import type { Parallelism } from '../../run/parallelism.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';

/** Over how many ranks each kind of state of a tensor is divided. */
export interface StateRanks {
  readonly weights: number;
  readonly gradients: number;
  readonly optimizer: number;
}

/** Hybrid sharding divides within one node and repeats over nodes unless the config says; a node has eight GPUs in most clusters. */
export const hybridShardRanks = 8;

/**
 * ZeRO stage 1 divides optimizer states, 2 gradients too, 3 (FSDP full shard) weights too (arXiv 1910.02054 §5).
 * `ranks` are those that hold the same tensor. FSDP's counterpart of stage 2, SHARD_GRAD_OP, divides weights as well and
 * keeps them gathered from the forward to the backward pass, which counts as a buffer (PyTorch docs, ShardingStrategy).
 */
export function stateRanks(
  { sharding, shardRanks = hybridShardRanks }: Pick<Parallelism, 'sharding' | 'shardRanks'>,
  ranks: number,
  { engine }: TrainerTraits,
): StateRanks {
  switch (sharding) {
    case 'none':
    case 'ddp':
      return { weights: 1, gradients: 1, optimizer: 1 };
    case 'zero1':
      return { weights: 1, gradients: 1, optimizer: ranks };
    case 'zero2':
      return { weights: engine === 'fsdp' ? ranks : 1, gradients: ranks, optimizer: ranks };
    case 'zero3':
      return { weights: ranks, gradients: ranks, optimizer: ranks };
    case 'hsdp': {
      const shard = Math.min(shardRanks, ranks);
      return { weights: shard, gradients: shard, optimizer: shard };
    }
  }
}

/** Whether states are divided over data parallel ranks, so that their size depends on how many there are. */
export function dividesStates(sharding: Parallelism['sharding']): boolean {
  return sharding !== 'none' && sharding !== 'ddp';
}
