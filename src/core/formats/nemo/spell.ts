import { spellBy } from '../spell-by.ts';

/** How NeMo's model configs state a field (NeMo, examples/nlp/language_modeling/conf). */
export const spell = spellBy({
  'training.micro_batch_size': 'model.micro_batch_size',
  'training.sequence_length': 'model.encoder_seq_length',
  'training.activation_checkpointing': {
    key: 'model.activations_checkpoint_granularity',
    values: {
      selective: 'selective',
      full: {
        'model.activations_checkpoint_granularity': 'full',
        'model.activations_checkpoint_method': 'uniform',
        'model.activations_checkpoint_num_layers': 1,
      },
    },
  },
  'parallelism.tensor': 'model.tensor_model_parallel_size',
  'parallelism.pipeline': 'model.pipeline_model_parallel_size',
  'parallelism.context': 'model.context_parallel_size',
  'parallelism.sequence_parallel': 'model.sequence_parallel',
});
