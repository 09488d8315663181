import type { KeyPath } from '../../document/document.ts';
import type { StatedFacts } from '../stated-facts.ts';
import { stateFsdpStrategy } from '../fsdp-strategy.ts';
import type { Axolotl } from './schema.ts';

/** How model and batch are split; DeepSpeed's part stands in the file that `deepspeed` names. */
export function stateParallelism(stated: StatedFacts, config: Axolotl): void {
  if (usesFsdp(config)) stateFsdp(stated, config);
  const degrees = [
    ['parallelism.tensor', 'tensor_parallel_size'],
    ['parallelism.context', 'sequence_parallel_degree'],
    ['parallelism.context', 'context_parallel_size'],
    ['parallelism.expert', 'expert_parallel_size'],
  ] as const;
  for (const [field, key] of degrees) if (isSet(config[key])) stated.state(field, config[key], [key]);

  const { dp_shard_size: shard, dp_replicate_size: replicas } = config;
  if (!isSet(shard)) return;
  if (isSet(replicas) && replicas > 1) stated.state('parallelism.sharding', 'hsdp', ['dp_replicate_size']);
  // The four sizes multiply to the GPUs of the run (axolotl docs, "N-D Parallelism").
  const others = [replicas, config.tensor_parallel_size, config.context_parallel_size].filter(isSet);
  const count = others.reduce((product, size) => product * size, shard);
  if (count <= 100_000) stated.state('hardware.count', count, ['dp_shard_size']);
}

function isSet(size: number | null | undefined): size is number {
  return typeof size === 'number' && size >= 1;
}

function usesFsdp({ deepspeed, fsdp, fsdp_config: settings, fsdp_version: version }: Axolotl): boolean {
  if ((deepspeed ?? '') !== '') return false;
  return (fsdp ?? []).length > 0 || (settings !== null && settings !== undefined) || typeof version === 'number';
}

function stateFsdp(stated: StatedFacts, { fsdp, fsdp_config: settings }: Axolotl): void {
  const words = typeof fsdp === 'string' ? fsdp.split(/[\s,]+/) : (fsdp ?? []);
  const origin: KeyPath = words.length > 0 ? ['fsdp'] : ['fsdp_config'];
  stated.state('parallelism.sharding_engine', 'fsdp', origin);
  stated.state('parallelism.sharding', 'zero3', origin);
  for (const word of words) stateFsdpStrategy(stated, word, ['fsdp']);
  if (words.includes('offload')) stated.state('parallelism.cpu_offload', 'parameters', ['fsdp']);
  for (const prefix of ['fsdp_', ''] as const) {
    const at = (key: string): KeyPath => ['fsdp_config', `${prefix}${key}`];
    stateFsdpStrategy(stated, settings?.[`${prefix}sharding_strategy`] ?? '', at('sharding_strategy'));
    stated.state(
      'parallelism.reshard_after_forward',
      settings?.[`${prefix}reshard_after_forward`],
      at('reshard_after_forward'),
    );
    if (settings?.[`${prefix}offload_params`] === true) {
      stated.state('parallelism.cpu_offload', 'parameters', at('offload_params'));
    }
  }
}
