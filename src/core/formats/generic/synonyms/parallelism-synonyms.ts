import type { Synonyms } from './synonym.ts';

const offloads = { true: 'parameters', false: 'none' } as const;

const strategies: Readonly<Record<string, string>> = {
  ddp: 'ddp',
  ddp_find_unused_parameters_true: 'ddp',
  ddp_find_unused_parameters_false: 'ddp',
  fsdp: 'zero3',
  fsdp2: 'zero3',
  full_shard: 'zero3',
  shard_grad_op: 'zero2',
  hybrid_shard: 'hsdp',
  hsdp: 'hsdp',
  no_shard: 'ddp',
  none: 'none',
  zero1: 'zero1',
  zero2: 'zero2',
  zero3: 'zero3',
  deepspeed_stage_1: 'zero1',
  deepspeed_stage_2: 'zero2',
  deepspeed_stage_2_offload: 'zero2',
  deepspeed_stage_3: 'zero3',
  deepspeed_stage_3_offload: 'zero3',
};

export const parallelismSynonyms: readonly Synonyms[] = [
  {
    field: 'parallelism.sharding',
    names: [
      ...[
        'sharding',
        'sharding_strategy',
        'fsdp_sharding_strategy',
        'strategy',
        'distributed_strategy',
        'dist_strategy',
      ],
      ...['parallel_strategy', 'fsdp'],
    ],
    words: { ...strategies, true: 'zero3' },
  },
  { field: 'parallelism.sharding', names: ['zero_stage'], words: { 0: 'ddp', 1: 'zero1', 2: 'zero2', 3: 'zero3' } },
  {
    field: 'parallelism.tensor',
    names: [
      'tensor_parallel_size',
      'tensor_parallel',
      'tensor_parallel_degree',
      'tensor_model_parallel_size',
      'tp_size',
      'tp',
    ],
    range: [1, 1024],
  },
  {
    field: 'parallelism.pipeline',
    names: [
      'pipeline_parallel_size',
      'pipeline_parallel',
      'pipeline_parallel_degree',
      'pipeline_model_parallel_size',
      'pp_size',
      'pp',
    ],
    range: [1, 1024],
  },
  {
    field: 'parallelism.context',
    names: ['context_parallel_size', 'context_parallel', 'context_parallel_degree', 'cp_size', 'cp'],
    range: [1, 1024],
  },
  {
    field: 'parallelism.expert',
    names: [
      'expert_parallel_size',
      'expert_parallel',
      'expert_parallel_degree',
      'expert_model_parallel_size',
      'ep_size',
      'ep',
    ],
    range: [1, 1024],
  },
  { field: 'parallelism.cpu_offload', names: ['cpu_offload', 'offload_to_cpu'], words: offloads },
];

export const hardwareSynonyms: readonly Synonyms[] = [
  {
    field: 'hardware.count',
    names: ['num_gpus', 'n_gpus', 'ngpus', 'world_size', 'total_gpus', 'gpu_count'],
    range: [1, 100_000],
  },
  { field: 'hardware.gpu', names: ['gpu_type', 'gpu_name', 'accelerator_type', 'gpu_model', 'gpu'] },
];
