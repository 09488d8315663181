import type { StatedFacts } from '../stated-facts.ts';
import type { LlamaFactory } from './schema.ts';

/** Precision, optimizer, recomputation and the kernels that decide which activations exist. */
export function stateKernels(stated: StatedFacts, config: LlamaFactory): void {
  statePrecision(stated, config);
  stated.state('training.optimizer', config.optim, ['optim']);
  stateOtherOptimizer(stated, config);
  stated.imply('training.optimizer', 'adamw');
  // It recomputes unless it is told not to (model/model_utils/checkpointing.py).
  const disabled = 'disable_gradient_checkpointing';
  if (typeof config[disabled] === 'boolean') {
    stated.state('training.activation_checkpointing', config[disabled] ? 'none' : 'full', [disabled]);
  }
  stated.imply('training.activation_checkpointing', 'full');
  const attention = config.flash_attn;
  if (attention === 'disabled' || attention === false) stated.state('training.flash_attention', false, ['flash_attn']);
  else if (typeof attention === 'string') stated.state('training.flash_attention', true, ['flash_attn']);
  stated.state('training.fused_loss', config.enable_liger_kernel, ['enable_liger_kernel']);
  stated.state('training.compile', config.torch_compile, ['torch_compile']);
}

/** Switches that take the place of `optim`; the rank of the projections is 16 unless stated (FinetuningArguments). */
function stateOtherOptimizer(stated: StatedFacts, config: LlamaFactory): void {
  if (config.use_muon === true) stated.state('training.optimizer', 'muon', ['use_muon']);
  if (config.use_adam_mini === true) stated.state('training.optimizer', 'adam-mini', ['use_adam_mini']);
  for (const kind of ['galore', 'apollo'] as const) {
    if (config[`use_${kind}`] !== true) continue;
    stated.state('training.optimizer', kind, [`use_${kind}`]);
    stated.state('training.optimizer_rank', config[`${kind}_rank`], [`${kind}_rank`]);
    stated.imply('training.optimizer_rank', 16);
  }
}

/**
 * Weights are loaded in the type of autocast; those that are trained are cast to fp32 unless `pure_bf16` keeps them
 * (model/adapter.py), so that fp32 copies exist where the whole model is trained. Without a flag, all is fp32.
 */
function statePrecision(stated: StatedFacts, config: LlamaFactory): void {
  const field = 'training.precision';
  const isWhole = config.finetuning_type === 'full' || config.finetuning_type === 'freeze';
  if (config.fp8 === true) stated.state(field, 'fp8-mixed', ['fp8']);
  else if (config.pure_bf16 === true) stated.state(field, 'bf16', ['pure_bf16']);
  else if (config.bf16 === true) stated.state(field, isWhole ? 'bf16-mixed' : 'bf16', ['bf16']);
  else if (config.fp16 === true) stated.state(field, isWhole ? 'fp16-mixed' : 'fp16', ['fp16']);
  else stated.imply(field, 'fp32');
}
