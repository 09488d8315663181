import { valueAt } from '../../document/value-at.ts';
import type { ConfigReader } from '../config-reader.ts';

/** A shard degree of -1 is all that the other degrees leave over. Tensor parallelism comes with sequence parallelism. */
export function stateParallelism(config: ConfigReader): void {
  const shard = ['parallelism', 'training'].find(
    (table) => valueAt(config.document.value, [table, 'data_parallel_shard_degree']) !== undefined,
  );
  const replicas = config.number(`${shard ?? 'parallelism'}.data_parallel_replicate_degree`) ?? 1;
  if (shard !== undefined) {
    const key = `${shard}.data_parallel_shard_degree`;
    const isSharded = valueAt(config.document.value, key.split('.')) !== 1;
    config.stateAs('parallelism.sharding', key, isSharded ? (replicas > 1 ? 'hsdp' : 'zero3') : 'ddp');
  }
  config.imply('parallelism.sharding', replicas > 1 ? 'hsdp' : 'zero3');
  for (const [field, degree] of degrees) {
    config.stateSize(field, `parallelism.${degree}`, `training.${degree}`, `experimental.${degree}`);
  }
  const tensor = config.first('parallelism.tensor_parallel_degree', 'training.tensor_parallel_degree');
  if (tensor !== null && (config.number(tensor) ?? 1) > 1) config.imply('parallelism.sequence_parallel', true);
  const reshard = config.text('parallelism.fsdp_reshard_after_forward');
  const isResharded = reshard === 'always' ? true : reshard === 'never' ? false : null;
  config.stateAs('parallelism.reshard_after_forward', 'parallelism.fsdp_reshard_after_forward', isResharded);
  if (config.flag('training.enable_cpu_offload') === true) {
    config.stateAs('parallelism.cpu_offload', 'training.enable_cpu_offload', 'parameters');
  }
}

const degrees = [
  ['parallelism.tensor', 'tensor_parallel_degree'],
  ['parallelism.pipeline', 'pipeline_parallel_degree'],
  ['parallelism.context', 'context_parallel_degree'],
  ['parallelism.expert', 'expert_parallel_degree'],
] as const;
