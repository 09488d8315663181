import type { StatedFacts } from '../stated-facts.ts';
import type { TrainingArguments } from './schema.ts';

/** PyTorch's ShardingStrategy by the names of TrainingArguments.fsdp; SHARD_GRAD_OP is what ZeRO calls stage 2. */
const strategies = {
  full_shard: 'zero3',
  shard_grad_op: 'zero2',
  hybrid_shard: 'hsdp',
  hybrid_shard_zero2: 'hsdp',
  no_shard: 'ddp',
} as const;

/** What `fsdp` says of sharding; DeepSpeed takes its place where both are set. */
export function stateFsdp(stated: StatedFacts, config: TrainingArguments): void {
  const { deepspeed, fsdp, fsdp_config: settings, accelerator_config: accelerator } = config;
  const kwargs = typeof accelerator === 'object' ? accelerator?.gradient_accumulation_kwargs : null;
  const keys = ['accelerator_config', 'gradient_accumulation_kwargs', 'sync_each_batch'];
  stated.state('parallelism.sync_each_batch', kwargs?.sync_each_batch, keys);
  const options = fsdp ?? [];
  if (options.length === 0 || (deepspeed ?? '') !== '') return;
  stated.state('parallelism.sharding_engine', 'fsdp', ['fsdp']);
  for (const option of options) {
    if (option === 'offload') stated.state('parallelism.cpu_offload', 'parameters', ['fsdp']);
    else if (option !== 'auto_wrap') stated.state('parallelism.sharding', strategies[option], ['fsdp']);
    if (option === 'hybrid_shard_zero2') stated.state('parallelism.reshard_after_forward', false, ['fsdp']);
  }
  if (typeof settings === 'object')
    stated.state('parallelism.fsdp_version', settings?.version, ['fsdp_config', 'version']);
  if (typeof settings === 'object' && settings?.activation_checkpointing === true) {
    stated.state('training.activation_checkpointing', 'full', ['fsdp_config', 'activation_checkpointing']);
  }
}
