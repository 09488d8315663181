import type { Document } from '../../document/document.ts';
import type { StatedFacts } from '../stated-facts.ts';
import type { Overrides } from './schema.ts';

const actor = 'actor_rollout_ref.actor' as const;

/** How the trained policy is split: by FSDP, or by Megatron. What splits the rollout engine is not part of it. */
export function stateParallelism(stated: StatedFacts, config: Overrides, { value }: Document): void {
  if (usesMegatron(config, Object.keys(value as object))) stateMegatron(stated, config);
  else {
    stateFsdp(stated, config);
    const isRollout = Object.keys(value as object).some((key) => key.startsWith('actor_rollout_ref.'));
    if (isRollout) stated.infer('training.activation_checkpointing', 'full', checkpointed);
  }
}

const checkpointed = "not stated; verl's enable_gradient_checkpointing is true by default (config/model/hf_model.yaml)";

function usesMegatron(config: Overrides, keys: readonly string[]): boolean {
  const strategy = config[`${actor}.strategy`];
  if (typeof strategy === 'string') return strategy === 'megatron';
  return keys.some((key) => key.startsWith(`${actor}.megatron.`));
}

function stateFsdp(stated: StatedFacts, config: Overrides): void {
  const [strategy, dtype, context] = [
    `${actor}.strategy`,
    `${actor}.fsdp_config.model_dtype`,
    `${actor}.ulysses_sequence_parallel_size`,
  ] as const;
  if (/^fsdp2?$/.test(config[strategy] ?? '')) stated.state('parallelism.sharding', 'zero3', [strategy]);
  stated.imply('parallelism.sharding', 'zero3'); // verl, ppo_trainer.yaml: strategy fsdp
  if (/^(?:bf16|bfloat16)$/.test(config[dtype] ?? '')) stated.state('training.precision', 'bf16', [dtype]);
  stated.imply('training.precision', 'bf16-mixed'); // verl, FSDP engine: fp32 weights, bf16 compute
  stated.state('parallelism.context', config[context], [context]);
  if (typeof config[context] === 'number') stated.state('parallelism.context_exchange', 'ulysses', [context]);
  const reshard = `${actor}.fsdp_config.reshard_after_forward` as const;
  stated.state('parallelism.reshard_after_forward', config[reshard], [reshard]);
}

function stateMegatron(stated: StatedFacts, config: Overrides): void {
  const degrees = [
    ['parallelism.tensor', `${actor}.megatron.tensor_model_parallel_size`],
    ['parallelism.pipeline', `${actor}.megatron.pipeline_model_parallel_size`],
    ['parallelism.virtual_pipeline', `${actor}.megatron.virtual_pipeline_model_parallel_size`],
    ['parallelism.context', `${actor}.megatron.context_parallel_size`],
    ['parallelism.expert', `${actor}.megatron.expert_model_parallel_size`],
  ] as const;
  for (const [field, key] of degrees) stated.state(field, config[key], [key]);
  const recompute = `${actor}.megatron.override_transformer_config.recompute_granularity` as const;
  stated.state('training.activation_checkpointing', config[recompute], [recompute]);
  stated.imply('parallelism.sharding', 'zero1'); // verl, McoreEngineConfig: use_distributed_optimizer
  stated.imply('training.precision', 'bf16-mixed');
}
