import { spellBy } from '../spell-by.ts';

/** How torchtune's recipes state a field (torchtune, recipes/configs). */
export const spell = spellBy({
  'training.micro_batch_size': 'batch_size',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.sequence_length': 'tokenizer.max_seq_len',
  'training.activation_checkpointing': { key: 'enable_activation_checkpointing', values: { none: false, full: true } },
  'training.activation_offload': 'enable_activation_offloading',
  'training.fused_loss': { key: 'loss._component_', values: { true: 'torchtune.modules.loss.LinearCrossEntropyLoss' } },
  'training.optimizer': {
    key: 'optimizer._component_',
    values: {
      adamw: 'torch.optim.AdamW',
      'adamw-8bit': 'bitsandbytes.optim.AdamW8bit',
      'paged-adamw': 'bitsandbytes.optim.PagedAdamW',
      'paged-adamw-8bit': 'bitsandbytes.optim.PagedAdamW8bit',
    },
  },
  'parallelism.tensor': 'tensor_parallel_dim',
  'parallelism.context': 'context_parallel_dim',
  'parallelism.cpu_offload': { key: 'fsdp_cpu_offload', values: { none: false, parameters: true } },
});
