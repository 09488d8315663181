import { spellBy } from '../spell-by.ts';

/** How GPT-NeoX states a field (gpt-neox, configs/neox_arguments.md). */
export const spell = spellBy({
  'training.micro_batch_size': 'train_micro_batch_size_per_gpu',
  'training.gradient_accumulation_steps': 'gradient_accumulation_steps',
  'training.sequence_length': 'seq_length',
  'training.activation_checkpointing': { key: 'checkpoint_activations', values: { none: false, full: true } },
  'parallelism.tensor': 'model_parallel_size',
  'parallelism.pipeline': 'pipe_parallel_size',
  'parallelism.sharding': {
    key: 'zero_optimization.stage',
    values: { zero1: 1, zero2: 2, zero3: 3 },
  },
});
