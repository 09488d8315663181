import type { StatedFacts } from '../stated-facts.ts';
import type { TrainingArguments } from './schema.ts';

/**
 * `bf16` and `fp16` turn autocast on and leave the weights as they were loaded (transformers, "Trainer", and
 * TrainingArguments.bf16); `dtype`, once `torch_dtype`, is the type they are loaded in, fp32 without it. Weights
 * loaded in bf16 stay bf16, gradients and optimizer states with them, unless DeepSpeed or FSDP keeps an fp32 copy
 * (DeepSpeed's BF16_Optimizer; Accelerate, "Low precision training methods" upcasts for FSDP). With `dtype: auto` the
 * checkpoint decides, which is not in the file: that it has the type of autocast is an assumption.
 */
export function statePrecision(stated: StatedFacts, config: TrainingArguments): void {
  // Adapters train over weights of the type that they are loaded in, under autocast or without it.
  const loaded = config.dtype ?? config.torch_dtype;
  const keys = [isSet(config.dtype) ? 'dtype' : 'torch_dtype'];
  if (config.use_peft === true && loaded !== 'auto') {
    if (isSet(loaded)) stated.state('training.frozen_precision', loaded === 'float32' ? 'fp32' : 'bf16', keys);
    stated.state('training.autocast', config.bf16 ?? config.fp16, [isSet(config.bf16) ? 'bf16' : 'fp16']);
  }
  const dtypeKey = isSet(config.dtype) ? 'dtype' : 'torch_dtype';
  const dtype = config[dtypeKey] ?? 'float32';
  const compute = config.bf16 === true ? 'bf16' : config.fp16 === true ? 'fp16' : null;
  if (dtype === 'auto') {
    if (compute !== null) stated.imply('training.precision', keepsFullCopy(config) ? `${compute}-mixed` : compute);
    return;
  }
  if (dtype === 'float32') {
    if (compute !== null) stated.state('training.precision', `${compute}-mixed`, [compute]);
    else if (isSet(config[dtypeKey])) stated.state('training.precision', 'fp32', [dtypeKey]);
    return;
  }
  const short = dtype === 'bfloat16' ? 'bf16' : 'fp16';
  stated.state('training.precision', keepsFullCopy(config) ? `${short}-mixed` : short, [dtypeKey]);
}

/** DeepSpeed always, and FSDP where mixed precision is on (accelerate, `fsdp2_prepare_model`). */
function keepsFullCopy({ deepspeed, fsdp, bf16, fp16 }: TrainingArguments): boolean {
  return isSet(deepspeed) || ((fsdp ?? []).length > 0 && (bf16 === true || fp16 === true));
}

function isSet(value: unknown): boolean {
  return value !== null && value !== undefined;
}
