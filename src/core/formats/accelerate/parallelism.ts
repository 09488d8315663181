import { stateFsdpStrategy } from '../fsdp-strategy.ts';
import type { StatedFacts } from '../stated-facts.ts';
import type { Accelerate } from './schema.ts';

/** FSDP 1 names its strategy, FSDP 2 says whether it reshards; both default to the full one. */
export function stateFsdp(stated: StatedFacts, { fsdp_config: config }: Accelerate): void {
  const at = (key: string) => ['fsdp_config', key];
  stated.state('parallelism.sharding', 'zero3', ['distributed_type']);
  stated.state('parallelism.fsdp_version', config?.fsdp_version, at('fsdp_version'));
  stateFsdpStrategy(stated, config?.fsdp_sharding_strategy ?? '', at('fsdp_sharding_strategy'));
  const reshard = config?.fsdp_reshard_after_forward;
  // Up to version 1.5 this key was written for the strategy, too.
  if (typeof reshard === 'string') stateFsdpStrategy(stated, reshard, at('fsdp_reshard_after_forward'));
  else stated.state('parallelism.reshard_after_forward', reshard, at('fsdp_reshard_after_forward'));
  if (config?.fsdp_offload_params === true) {
    stated.state('parallelism.cpu_offload', 'parameters', at('fsdp_offload_params'));
  }
  const checkpointing = config?.fsdp_activation_checkpointing;
  if (typeof checkpointing === 'boolean') {
    const kind = checkpointing ? 'full' : 'none';
    stated.state('training.activation_checkpointing', kind, at('fsdp_activation_checkpointing'));
  }
}

/** Megatron-LM under Accelerate (accelerate docs, "Megatron-LM"). */
export function stateMegatron(stated: StatedFacts, { megatron_lm_config: config }: Accelerate): void {
  const at = (key: string) => ['megatron_lm_config', key];
  const degrees = [
    ['parallelism.tensor', 'megatron_lm_tp_degree'],
    ['parallelism.pipeline', 'megatron_lm_pp_degree'],
  ] as const;
  for (const [field, key] of degrees) if ((config?.[key] ?? 0) > 0) stated.state(field, config?.[key], at(key));
  const sequence = 'megatron_lm_sequence_parallelism';
  stated.state('parallelism.sequence_parallel', config?.[sequence], at(sequence));
  const recompute = 'megatron_lm_recompute_activations';
  if (config?.[recompute] === true) stated.state('training.activation_checkpointing', 'selective', at(recompute));
  const divides = config?.megatron_lm_use_distributed_optimizer;
  if (typeof divides === 'boolean') {
    stated.state('parallelism.sharding', divides ? 'zero1' : 'ddp', at('megatron_lm_use_distributed_optimizer'));
  }
}

/** `sp` is DeepSpeed's way to divide the sequence, Ulysses; `cp` FSDP's, a ring (accelerate docs, "ParallelismConfig"). */
export function stateParallelism(stated: StatedFacts, { parallelism_config: config }: Accelerate): void {
  const degrees = [
    ['parallelism.tensor', 'parallelism_config_tp_size'],
    ['parallelism.context', 'parallelism_config_sp_size'],
    ['parallelism.context', 'parallelism_config_cp_size'],
  ] as const;
  for (const [field, key] of degrees) {
    const size = config?.[key] ?? 0;
    const isNews = size > 1 || (size === 1 && key !== 'parallelism_config_cp_size');
    if (isNews) stated.state(field, size, ['parallelism_config', key]);
    if (isNews && key === 'parallelism_config_sp_size') {
      stated.state('parallelism.context_exchange', 'ulysses', ['parallelism_config', key]);
    }
  }
  const [replicas, shards] = [
    config?.parallelism_config_dp_replicate_size ?? 1,
    config?.parallelism_config_dp_shard_size ?? 1,
  ];
  if (replicas > 1 && shards > 1) {
    stated.state('parallelism.sharding', 'hsdp', ['parallelism_config', 'parallelism_config_dp_replicate_size']);
    stated.state('parallelism.shard_ranks', shards, ['parallelism_config', 'parallelism_config_dp_shard_size']);
  }
}
