import { stateFsdpStrategy } from '../fsdp-strategy.ts';
import type { StatedFacts } from '../stated-facts.ts';
import type { LlamaFactory } from './schema.ts';

/** FSDP, Megatron's degrees and the workers of Ray; DeepSpeed's part stands in the file that `deepspeed` names. */
export function stateParallelism(stated: StatedFacts, config: LlamaFactory): void {
  if ((config.deepspeed ?? '') === '') stateFsdp(stated, config);
  const degrees = [
    ['parallelism.tensor', 'tensor_model_parallel_size'],
    ['parallelism.pipeline', 'pipeline_model_parallel_size'],
    ['parallelism.virtual_pipeline', 'virtual_pipeline_model_parallel_size'],
    ['parallelism.context', 'context_parallel_size'],
    ['parallelism.expert', 'expert_model_parallel_size'],
  ] as const;
  for (const [field, key] of degrees) stated.state(field, config[key], [key]);
  stated.state('parallelism.sequence_parallel', config.sequence_parallel, ['sequence_parallel']);
  if (config.use_distributed_optimizer === true) {
    stated.state('parallelism.sharding', 'zero1', ['use_distributed_optimizer']);
  }
  stated.state('hardware.count', config.ray_num_workers, ['ray_num_workers']);
}

function stateFsdp(stated: StatedFacts, { fsdp }: LlamaFactory): void {
  if (fsdp === false || fsdp === '' || fsdp === null || fsdp === undefined) return;
  stated.state('parallelism.sharding_engine', 'fsdp', ['fsdp']);
  if (fsdp === true) stated.state('parallelism.sharding', 'zero3', ['fsdp']);
  if (typeof fsdp === 'boolean') return;
  const words = typeof fsdp === 'string' ? fsdp.split(/[\s,]+/) : fsdp;
  for (const word of words) stateFsdpStrategy(stated, word, ['fsdp']);
  if (words.includes('offload')) stated.state('parallelism.cpu_offload', 'parameters', ['fsdp']);
}
