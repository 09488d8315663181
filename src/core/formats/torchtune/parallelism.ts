import type { StatedFacts } from '../stated-facts.ts';
import type { Torchtune } from './schema.ts';

/** The recipe, which the file doesn't name, decides: one for several GPUs shards with FSDP 2. */
export function stateParallelism(stated: StatedFacts, config: Torchtune, path: string): void {
  const [tensor, context] = [config.tensor_parallel_dim ?? 0, config.context_parallel_dim ?? 0];
  if (tensor > 0) stated.state('parallelism.tensor', tensor, ['tensor_parallel_dim']);
  if (context > 0) stated.state('parallelism.context', context, ['context_parallel_dim']);
  const [shards, replicas] = [config.data_parallel_shard_dim ?? -1, config.data_parallel_replicate_dim ?? 1];
  if (replicas > 1)
    stated.state('parallelism.sharding', shards === 1 ? 'ddp' : 'hsdp', ['data_parallel_replicate_dim']);
  if (config.fsdp_cpu_offload === true) stated.state('parallelism.cpu_offload', 'parameters', ['fsdp_cpu_offload']);
  const reshard = 'fsdp_reshard_after_forward';
  stated.state('parallelism.reshard_after_forward', config[reshard], [reshard]);
  // torchtune's own configs carry the recipe in their name: 8B_lora_single_device.yaml.
  if ((path.split('/').at(-1) ?? '').includes('single_device')) stated.imply('hardware.count', 1);
  else stated.imply('parallelism.sharding', 'zero3');
}
