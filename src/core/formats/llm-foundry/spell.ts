import { spellBy } from '../spell-by.ts';

/** How LLM Foundry states a field (llm-foundry, scripts/train/yamls). */
export const spell = spellBy({
  'training.micro_batch_size': 'device_train_microbatch_size',
  'training.sequence_length': 'max_seq_len',
  'training.activation_checkpointing': {
    key: 'fsdp_config.activation_checkpointing',
    values: { none: false, full: true },
  },
  'training.activation_offload': 'fsdp_config.activation_cpu_offload',
  'parallelism.sharding': {
    key: 'fsdp_config.sharding_strategy',
    values: { zero2: 'SHARD_GRAD_OP', zero3: 'FULL_SHARD' },
  },
});
