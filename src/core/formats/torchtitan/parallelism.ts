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
  const shardKey = `${shard ?? 'parallelism'}.data_parallel_shard_degree`;
  const shards = config.number(shardKey);
  if (replicas > 1 && shards !== null && shards > 0) config.stateSize('parallelism.shard_ranks', shardKey);
  const isWhole = config.flag('parallelism.disable_loss_parallel') ?? config.flag('training.disable_loss_parallel');
  if (isWhole !== null) {
    const key = config.first('parallelism.disable_loss_parallel', 'training.disable_loss_parallel');
    config.stateAs('parallelism.loss_parallel', key ?? '', !isWhole);
  }
  for (const [field, degree] of degrees) {
    config.stateSize(field, `parallelism.${degree}`, `training.${degree}`, `experimental.${degree}`);
  }
  const tensor = config.first('parallelism.tensor_parallel_degree', 'training.tensor_parallel_degree');
  if (tensor !== null && (config.number(tensor) ?? 1) > 1) config.imply('parallelism.sequence_parallel', true);
  if (shards !== null && shards > 0) {
    const split = degrees.filter(([field]) => field !== 'parallelism.expert');
    const others = split.map(([, degree]) => config.number(`parallelism.${degree}`) ?? 1);
    const count = [replicas, shards, ...others].reduce((product, size) => product * size, 1);
    if (count > 1) config.stateAs('hardware.count', shardKey, count);
  }
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
