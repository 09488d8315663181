import type { StatedFacts } from '../stated-facts.ts';
import type { Arguments } from './schema.ts';

/** How model and states are split. */
export function stateParallelism(stated: StatedFacts, config: Arguments): void {
  stated.state('parallelism.tensor', config.tensor_model_parallel_size, ['tensor_model_parallel_size']);
  stated.state('parallelism.pipeline', config.pipeline_model_parallel_size, ['pipeline_model_parallel_size']);
  stated.state('parallelism.context', config.context_parallel_size, ['context_parallel_size']);
  stated.state('parallelism.expert', config.expert_model_parallel_size, ['expert_model_parallel_size']);
  stated.state('parallelism.expert_tensor', config.expert_tensor_parallel_size, ['expert_tensor_parallel_size']);
  if (config.sequence_parallel === true) stated.state('parallelism.sequence_parallel', true, ['sequence_parallel']);
  stateChunks(stated, config);
  for (const key of stageLayouts) if (config[key] !== undefined) stated.state('parallelism.uneven_stages', true, [key]);
  stateSharding(stated, config);
  for (const key of ['cpu_optimizer', 'optimizer_cpu_offload'] as const) {
    if (config[key] === true) stated.state('parallelism.cpu_offload', 'optimizer', [key]);
  }
}

/** What gives the stages different numbers of layers (megatron/training/arguments.py). */
const stageLayouts = [
  'decoder_first_pipeline_num_layers',
  'decoder_last_pipeline_num_layers',
  'pipeline_model_parallel_layout',
  'account_for_embedding_in_pipeline_split',
  'account_for_loss_in_pipeline_split',
] as const;

function stateChunks(stated: StatedFacts, config: Arguments): void {
  const { num_layers: layers, num_layers_per_virtual_pipeline_stage: perStage } = config;
  if (typeof layers !== 'number' || typeof perStage !== 'number') return;
  const chunks = layers / (config.pipeline_model_parallel_size ?? 1) / perStage;
  if (Number.isInteger(chunks)) {
    stated.state('parallelism.virtual_pipeline', chunks, ['num_layers_per_virtual_pipeline_stage']);
  }
}

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;
/** Names of `--data-parallel-sharding-strategy` (megatron/core/distributed, DistributedDataParallelConfig). */
const strategies = { no_shard: 'ddp', optim: 'zero1', optim_grads: 'zero2', optim_grads_params: 'zero3' } as const;

function stateSharding(stated: StatedFacts, config: Arguments): void {
  const field = 'parallelism.sharding';
  if (config.use_distributed_optimizer === true) stated.state(field, 'zero1', ['use_distributed_optimizer']);
  if (config.use_torch_fsdp2 === true) stated.state(field, 'zero3', ['use_torch_fsdp2']);
  const strategy = config.data_parallel_sharding_strategy;
  if (config.use_megatron_fsdp === true || config.use_custom_fsdp === true) {
    const known = Object.entries(strategies).find(([name]) => name === strategy)?.[1];
    stated.state(field, known, ['data_parallel_sharding_strategy']);
  }
  const stage = config.zero_stage;
  if (typeof stage === 'number') stated.state(field, stages[stage], ['zero_stage']);
  stated.imply(field, 'ddp');
}
