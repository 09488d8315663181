import type { ConfigReader } from '../config-reader.ts';

/**
 * What trains the policy: Megatron-Core (through Megatron-Bridge), or PyTorch's DTensor with FSDP2. Both keep fp32
 * weights beside a bf16 computation (nemo_rl/models/policy: the DTensor worker loads fp32 weights, Megatron's
 * optimizer keeps a copy). Returns the trainer's name.
 */
export function stateBackend(config: ConfigReader): string {
  const isMegatron = config.flag('policy.megatron_cfg.enabled') === true;
  if (isMegatron) stateMegatron(config);
  else stateDtensor(config);
  const lora = isMegatron ? 'policy.megatron_cfg.peft' : 'policy.dtensor_cfg.lora_cfg';
  if (config.flag(`${lora}.enabled`) === true) {
    config.stateAs('training.method', `${lora}.enabled`, 'lora');
    config.state('training.lora.rank', `${lora}.dim`);
    const targets = `${lora}.target_modules`;
    if (config.flag(`${lora}.match_all_linear`) === true) {
      config.stateAs('training.lora.target_modules', targets, ['all-linear']);
    } else config.state('training.lora.target_modules', targets);
  }
  return isMegatron ? 'megatron-bridge' : 'nemo-rl';
}

const precisions = { bfloat16: 'bf16-mixed', bf16: 'bf16-mixed', float16: 'fp16-mixed', float32: 'fp32' } as const;

function stateMegatron(config: ConfigReader): void {
  const at = 'policy.megatron_cfg';
  if (config.flag(`${at}.fp8_cfg.enabled`) === true) {
    config.stateAs('training.precision', `${at}.fp8_cfg.enabled`, 'fp8-mixed');
  } else config.stateChoice('training.precision', 'policy.precision', precisions);
  config.stateOptimizer(`${at}.optimizer.optimizer`);
  const granularity = config.text(`${at}.recompute_granularity`) === 'selective' ? 'selective' : 'full';
  stateCheckpointing(config, `${at}.activation_checkpointing`, granularity);
  const distributed = `${at}.distributed_data_parallel_config.use_distributed_optimizer`;
  const isDistributed = config.flag(distributed) ?? config.flag(`${at}.optimizer.use_distributed_optimizer`);
  config.stateAs('parallelism.sharding', distributed, isDistributed === null ? null : isDistributed ? 'zero1' : 'ddp');
  if (config.flag(`${at}.optimizer.optimizer_cpu_offload`) === true) {
    config.stateAs('parallelism.cpu_offload', `${at}.optimizer.optimizer_cpu_offload`, 'optimizer');
  }
  config.stateSize('parallelism.tensor', `${at}.tensor_model_parallel_size`);
  config.stateSize('parallelism.pipeline', `${at}.pipeline_model_parallel_size`);
  const layout = config.first(`${at}.num_layers_in_first_pipeline_stage`, `${at}.num_layers_in_last_pipeline_stage`);
  if (layout !== null) config.stateAs('parallelism.uneven_stages', layout, true);
  config.stateSize('parallelism.context', `${at}.context_parallel_size`);
  config.stateSize('parallelism.expert', `${at}.expert_model_parallel_size`);
  config.stateAs('parallelism.sequence_parallel', `${at}.sequence_parallel`, config.flag(`${at}.sequence_parallel`));
}

function stateDtensor(config: ConfigReader): void {
  const at = 'policy.dtensor_cfg';
  config.stateChoice('training.precision', 'policy.precision', precisions);
  config.stateOptimizer('policy.optimizer.name');
  stateCheckpointing(config, `${at}.activation_checkpointing`, 'full');
  const replicas = config.number(`${at}.dp_replicate_size`) ?? 1;
  if (replicas > 1) config.stateAs('parallelism.sharding', `${at}.dp_replicate_size`, 'hsdp');
  else if (config.flag(`${at}.enabled`) === true) config.stateAs('parallelism.sharding', `${at}.enabled`, 'zero3');
  if (config.flag(`${at}.cpu_offload`) === true) {
    config.stateAs('parallelism.cpu_offload', `${at}.cpu_offload`, 'parameters');
  }
  config.stateSize('parallelism.tensor', `${at}.tensor_parallel_size`);
  config.stateSize('parallelism.context', `${at}.context_parallel_size`);
  config.stateSize('parallelism.expert', `${at}.expert_parallel_size`);
  config.stateAs('parallelism.sequence_parallel', `${at}.sequence_parallel`, config.flag(`${at}.sequence_parallel`));
}

function stateCheckpointing(config: ConfigReader, key: string, granularity: 'selective' | 'full'): void {
  const isOn = config.flag(key);
  config.stateAs('training.activation_checkpointing', key, isOn === null ? null : isOn ? granularity : 'none');
}
