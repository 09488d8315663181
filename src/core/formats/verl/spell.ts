import { spellBy } from '../spell-by.ts';

/** How verl's trainers state a field (verl, trainer/config). */
export const spell = spellBy({
  'training.micro_batch_size': 'actor_rollout_ref.actor.ppo_micro_batch_size_per_gpu',
  'training.activation_checkpointing': {
    key: 'actor_rollout_ref.model.enable_gradient_checkpointing',
    values: { none: false, full: true },
  },
  'training.fused_loss': { key: 'actor_rollout_ref.model.use_fused_kernels', values: { true: true } },
  'parallelism.context': 'actor_rollout_ref.actor.ulysses_sequence_parallel_size',
});
