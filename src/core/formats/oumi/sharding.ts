import { stateFsdpStrategy } from '../fsdp-strategy.ts';
import type { StatedFacts } from '../stated-facts.ts';
import type { Oumi } from './schema.ts';

/** What `fsdp` and `deepspeed` say of sharding; each counts only where it is enabled. */
export function stateSharding(stated: StatedFacts, { fsdp, deepspeed }: Oumi): void {
  if (fsdp?.enable_fsdp === true) {
    stated.state('parallelism.sharding_engine', 'fsdp', ['fsdp', 'enable_fsdp']);
    stated.state('parallelism.sharding', 'zero3', ['fsdp', 'enable_fsdp']);
    stateFsdpStrategy(stated, fsdp.sharding_strategy ?? '', ['fsdp', 'sharding_strategy']);
    if (fsdp.cpu_offload === true) stated.state('parallelism.cpu_offload', 'parameters', ['fsdp', 'cpu_offload']);
  }
  if (deepspeed?.enable_deepspeed === true) stateDeepSpeed(stated, deepspeed);
}

const stages = ['ddp', 'zero1', 'zero2', 'zero3'] as const;

function stateDeepSpeed(stated: StatedFacts, config: NonNullable<Oumi['deepspeed']>): void {
  const { zero_stage: stage, offload_optimizer: optimizer, offload_param: parameters } = config;
  // ZERO_0 is what DeepSpeedParams takes.
  const number = typeof stage === 'string' ? Number(stage.slice(-1)) : (stage ?? 0);
  stated.state('parallelism.sharding_engine', 'deepspeed', ['deepspeed', 'enable_deepspeed']);
  stated.state('parallelism.sharding', stages[number], [
    'deepspeed',
    stage == null ? 'enable_deepspeed' : 'zero_stage',
  ]);
  const isElsewhere = (device: string | null | undefined) => /^(?:cpu|nvme)$/i.test(device ?? '');
  if (isElsewhere(optimizer?.device))
    stated.state('parallelism.cpu_offload', 'optimizer', ['deepspeed', 'offload_optimizer']);
  if (isElsewhere(parameters?.device))
    stated.state('parallelism.cpu_offload', 'parameters', ['deepspeed', 'offload_param']);
}
