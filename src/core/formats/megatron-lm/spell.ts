import { spellBy } from '../spell-by.ts';

/** How Megatron-LM's flags state a field (Megatron-LM, megatron/training/arguments.py). */
export const spell = spellBy({
  'training.micro_batch_size': 'micro-batch-size',
  'training.sequence_length': 'seq-length',
  'training.activation_checkpointing': {
    key: 'recompute-granularity',
    values: {
      selective: 'selective',
      full: { 'recompute-granularity': 'full', 'recompute-method': 'uniform', 'recompute-num-layers': 1 },
    },
  },
  'training.flash_attention': { key: 'use-flash-attn', values: { true: '' } },
  'training.fused_loss': { key: 'cross-entropy-loss-fusion', values: { true: '' } },
  'parallelism.tensor': 'tensor-model-parallel-size',
  'parallelism.pipeline': 'pipeline-model-parallel-size',
  'parallelism.context': 'context-parallel-size',
  'parallelism.expert': 'expert-model-parallel-size',
  'parallelism.sequence_parallel': { key: 'sequence-parallel', values: { true: '' } },
  'parallelism.sharding': { key: 'use-distributed-optimizer', values: { zero1: '' } },
});
