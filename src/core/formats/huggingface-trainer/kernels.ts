import type { StatedFacts } from '../stated-facts.ts';
import type { TrainingArguments } from './schema.ts';

/** Optimizer, recomputation and the kernels that decide which activations exist. */
export function stateKernels(stated: StatedFacts, config: TrainingArguments): void {
  stated.state('training.optimizer', config.optim?.optimizer, ['optim']);
  stated.state('training.optimizer_implementation', config.optim?.implementation, ['optim']);
  const checkpointing = config.gradient_checkpointing;
  if (typeof checkpointing === 'boolean') {
    stated.state('training.activation_checkpointing', checkpointing ? 'full' : 'none', ['gradient_checkpointing']);
  } else if (typeof checkpointing === 'string') {
    const isUnsloth = checkpointing === 'unsloth';
    stated.state('training.activation_checkpointing', isUnsloth ? 'full' : 'unknown', ['gradient_checkpointing']);
    if (isUnsloth) stated.state('training.activation_offload', true, ['gradient_checkpointing']);
  }
  stated.state('training.activation_offload', config.activation_offloading, ['activation_offloading']);
  stated.state('training.compile', config.torch_compile, ['torch_compile']);
  stateAttention(stated, config);
  for (const key of ['use_liger_loss', 'use_liger', 'use_liger_kernel'] as const) {
    stated.state('training.fused_loss', config[key], [key]);
  }
  // Liger takes norms and gated activations along (transformers, `apply_liger_kernel`).
  if (config.use_liger_kernel === true) stated.state('training.fused_kernels', true, ['use_liger_kernel']);
}

/** Only `eager` keeps the score matrix; SDPA picks a fused kernel (transformers, "Attention interface"). */
function stateAttention(stated: StatedFacts, config: TrainingArguments): void {
  // `use_flash_attention_2: false` leaves the choice to transformers, which takes SDPA.
  if (config.use_flash_attention_2 === true) stated.state('training.flash_attention', true, ['use_flash_attention_2']);
  const implementation = config.attn_implementation;
  if (implementation === null || implementation === undefined) return;
  stated.state('training.flash_attention', implementation !== 'eager', ['attn_implementation']);
}
