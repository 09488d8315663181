import type { StatedFacts } from '../stated-facts.ts';
import type { Arguments } from './schema.ts';

/** How model and states are split: by DeepSpeed under one of ms-swift's own names, or by Megatron. */
export function stateParallelism(stated: StatedFacts, config: Arguments, isMegatron: boolean): void {
  stated.state('parallelism.context', config.sequence_parallel_size, ['sequence_parallel_size']);
  // ms-swift docs, "Sequence parallelism": Ulysses, and a ring only where the heads do not suffice
  if (typeof config.sequence_parallel_size === 'number') {
    stated.state('parallelism.context_exchange', 'ulysses', ['sequence_parallel_size']);
  }
  stateDeepSpeed(stated, config);
  if (!isMegatron) return;
  stated.imply('parallelism.sharding_engine', 'megatron');
  const degrees = [
    ['parallelism.tensor', 'tensor_model_parallel_size'],
    ['parallelism.pipeline', 'pipeline_model_parallel_size'],
    ['parallelism.context', 'context_parallel_size'],
    ['parallelism.expert', 'expert_model_parallel_size'],
    ['parallelism.sequence_parallel', 'sequence_parallel'],
  ] as const;
  for (const [field, key] of degrees) stated.state(field, config[key], [key]);
  for (const key of stageLayouts) {
    if (config[key] !== undefined) stated.state('parallelism.uneven_stages', true, [key]);
  }
  if (config.optimizer_cpu_offload === true) {
    stated.state('parallelism.cpu_offload', 'optimizer', ['optimizer_cpu_offload']);
  }
  stated.imply('parallelism.sharding', 'zero1'); // use_distributed_optimizer is true by default
}

/** What gives the stages different numbers of layers, as in Megatron-LM. */
const stageLayouts = [
  'decoder_first_pipeline_num_layers',
  'decoder_last_pipeline_num_layers',
  'pipeline_model_parallel_layout',
] as const;

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

/** `zero2`, `zero3_offload` …; of a file, only its name says something. */
function stateDeepSpeed(stated: StatedFacts, { deepspeed }: Arguments): void {
  if ((deepspeed ?? '') !== '') stated.state('parallelism.sharding_engine', 'deepspeed', ['deepspeed']);
  const match = /zero_?([0-3])(_offload)?/.exec(deepspeed ?? '');
  if (match === null) return;
  stated.state('parallelism.sharding', stages[Number(match[1])], ['deepspeed']);
  if (match[2] !== undefined) {
    // Its zero3_offload moves parameters too (swift/llm/ds_config).
    stated.state('parallelism.cpu_offload', match[1] === '3' ? 'parameters' : 'optimizer', ['deepspeed']);
  }
}
