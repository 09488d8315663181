import { optimizerNamed } from '../../run/optimizer-names.ts';
import type { StatedFacts } from '../stated-facts.ts';
import type { Arguments } from './schema.ts';

/** Model, batch, precision, kernels, adapters and duration. */
export function stateTraining(stated: StatedFacts, config: Arguments, isMegatron: boolean): void {
  stated.state('training.trainer', isMegatron ? 'megatron-lm' : 'ms-swift', []);
  // Megatron-SWIFT trains the converted checkpoint of `--load` (`--mcore_model` from version 4), where no `--model` is named
  for (const key of ['load', 'mcore_model', 'model_id_or_path', 'model'] as const)
    stated.state('model.id', config[key], [key]);
  stated.state('training.sequence_length', config.max_length, ['max_length']);
  for (const key of ['per_device_train_batch_size', 'micro_batch_size'] as const) {
    stated.state('training.micro_batch_size', config[key], [key]);
  }
  stated.imply('training.micro_batch_size', 1);
  const accumulation = 'gradient_accumulation_steps';
  stated.state('training.gradient_accumulation_steps', config[accumulation], [accumulation]);
  stated.state('training.global_batch_size', config.global_batch_size, ['global_batch_size']);
  if (typeof config.optim === 'string')
    stated.state('training.optimizer', optimizerNamed(config.optim) ?? 'unknown', ['optim']);
  else if (typeof config.optimizer === 'string') {
    stated.state('training.optimizer', optimizerNamed(config.optimizer) ?? 'unknown', ['optimizer']);
  } else stated.imply('training.optimizer', 'adamw');
  statePrecision(stated, config, isMegatron);
  stateKernels(stated, config, isMegatron);
  stateAdapter(stated, config, isMegatron);
  stateDuration(stated, config);
}

/** Weights are loaded in `torch_dtype`; DeepSpeed, FSDP and Megatron keep an fp32 copy of what is trained. */
function statePrecision(stated: StatedFacts, config: Arguments, isMegatron: boolean): void {
  const keepsCopy = isMegatron || typeof config.deepspeed === 'string' || typeof config.fsdp === 'string';
  const types = { bfloat16: 'bf16', float16: 'fp16' } as const;
  const dtype = config.torch_dtype;
  if (dtype === 'bfloat16' || dtype === 'float16') {
    stated.state('training.precision', keepsCopy ? `${types[dtype]}-mixed` : types[dtype], ['torch_dtype']);
  } else if (dtype === 'float32' && config.bf16 !== true && config.fp16 !== true) {
    stated.state('training.precision', 'fp32', ['torch_dtype']);
  } else {
    for (const key of ['fp16', 'bf16'] as const) {
      if (config[key] === true) stated.state('training.precision', `${key}-mixed`, [key]);
    }
  }
  if (typeof config.fp8_format === 'string') stated.state('training.precision', 'fp8-mixed', ['fp8_format']);
  if (isMegatron) stated.imply('training.precision', 'bf16-mixed');
}

function stateKernels(stated: StatedFacts, config: Arguments, isMegatron: boolean): void {
  const { gradient_checkpointing: checkpointing, recompute_granularity: recompute } = config;
  if (isMegatron) {
    stated.state('training.activation_checkpointing', recompute, ['recompute_granularity']);
    stated.imply('training.activation_checkpointing', 'selective');
  } else {
    if (typeof checkpointing === 'boolean') {
      stated.state('training.activation_checkpointing', checkpointing ? 'full' : 'none', ['gradient_checkpointing']);
    }
    stated.imply('training.activation_checkpointing', 'full'); // gradient_checkpointing is true by default
  }
  for (const key of ['attn_impl', 'attention_backend'] as const) {
    if (/^(?:flash|sdpa|fused)/.test(config[key] ?? '')) stated.state('training.flash_attention', true, [key]);
    else if (config[key] === 'eager') stated.state('training.flash_attention', false, [key]);
  }
  for (const key of ['use_liger_kernel', 'cross_entropy_loss_fusion'] as const) {
    stated.state('training.fused_loss', config[key], [key]);
  }
}

/** Tuners whose adapters are as large as LoRA's of the same rank, or nearly (ms-swift docs, "Tuner arguments"). */
const lowRank = ['lora', 'adalora', 'longlora', 'lora_llm', 'qlora'];

/**
 * Without `tuner_type`, once `train_type`, `swift` trains adapters and `megatron` everything. `lora_llm` trains adapters of
 * the decoder and, whole, what reads images. What other tuners train is not counted: the method is unknown.
 */
function stateAdapter(stated: StatedFacts, config: Arguments, isMegatron: boolean): void {
  const key = (['tuner_type', 'train_type', 'sft_type'] as const).find((name) => typeof config[name] === 'string');
  const type = key === undefined ? (isMegatron ? 'full' : 'lora') : config[key];
  const bits = config.quant_bits;
  const isQuantized = bits === 4 || bits === 8;
  if (type === 'full' || typeof type !== 'string' || !lowRank.includes(type)) {
    if (key === undefined) stated.imply('training.method', 'full');
    else stated.state('training.method', type === 'full' ? 'full' : 'unknown', [key]);
    return;
  }
  const method = isQuantized ? 'qlora' : 'lora';
  if (key === undefined) stated.imply('training.method', method);
  else stated.state('training.method', method, [key]);
  if (isQuantized) stated.state('training.quantization.bits', bits, ['quant_bits']);
  stated.state('training.lora.rank', config.lora_rank, ['lora_rank']);
  stated.imply('training.lora.rank', 8);
  stated.state('training.lora.target_modules', config.target_modules, ['target_modules']);
  stated.imply('training.lora.target_modules', ['all-linear']);
}

function stateDuration(stated: StatedFacts, config: Arguments): void {
  const steps = (['max_steps', 'train_iters'] as const).find((key) => (config[key] ?? 0) > 0);
  const epochs = (['num_train_epochs', 'max_epochs'] as const).find((key) => (config[key] ?? 0) > 0);
  if (steps !== undefined) stated.state('training.steps', config[steps], [steps]);
  else if (epochs !== undefined) stated.state('training.epochs', config[epochs], [epochs]);
  for (const key of ['save_interval', 'save_steps'] as const) {
    if ((config[key] ?? 0) >= 1) stated.state('training.checkpoint_every', config[key], [key]);
  }
}
