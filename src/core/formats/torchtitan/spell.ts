import { spellBy } from '../spell-by.ts';

/** How torchtitan states a field (torchtitan, config/job_config.py). */
export const spell = spellBy({
  'training.micro_batch_size': 'training.local_batch_size',
  'training.global_batch_size': 'training.global_batch_size',
  'training.sequence_length': 'training.seq_len',
  'training.activation_checkpointing': {
    key: 'activation_checkpoint.mode',
    values: { none: 'none', selective: 'selective', full: 'full' },
  },
  'parallelism.cpu_offload': { key: 'training.enable_cpu_offload', values: { none: false, parameters: true } },
  'parallelism.tensor': 'parallelism.tensor_parallel_degree',
  'parallelism.context': 'parallelism.context_parallel_degree',
  'parallelism.pipeline': 'parallelism.pipeline_parallel_degree',
  'parallelism.expert': 'parallelism.expert_parallel_degree',
});
