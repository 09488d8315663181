import type { StatedFacts } from '../stated-facts.ts';
import type { Axolotl } from './schema.ts';

/** Precision, optimizer, recomputation and the kernels that decide which activations exist. */
export function stateKernels(stated: StatedFacts, config: Axolotl): void {
  statePrecision(stated, config);
  stated.state('training.optimizer', config.optimizer, ['optimizer']);
  stated.imply('training.optimizer', 'adamw'); // adamw_torch_fused
  stateCheckpointing(stated, config);
  stateAttention(stated, config);
  stateLoss(stated, config);
  stated.state('training.compile', config.torch_compile, ['torch_compile']);
}

/**
 * The type of autocast is also that of the loaded weights (axolotl, utils/config: `torch_dtype`), so that nothing is
 * kept in fp32 unless what shards it upcasts. `bf16: auto` takes bf16 where the GPU has it: every one since Ampere.
 */
function statePrecision(stated: StatedFacts, config: Axolotl): void {
  const isBf16 = config.bf16 === undefined ? false : config.bf16 !== false && config.bf16 !== null;
  if (config.fp8 === true) stated.state('training.precision', 'fp8-mixed', ['fp8']);
  else if (isBf16) stated.state('training.precision', 'bf16', ['bf16']);
  else if (config.bfloat16 === true) stated.state('training.precision', 'bf16', ['bfloat16']);
  else if (config.fp16 === true) stated.state('training.precision', 'fp16', ['fp16']);
  else if (config.float16 === true) stated.state('training.precision', 'fp16', ['float16']);
  else if (config.bf16 === false) stated.state('training.precision', 'fp32', ['bf16']);
  else stated.imply('training.precision', 'bf16');
}

function stateCheckpointing(stated: StatedFacts, config: Axolotl): void {
  const { gradient_checkpointing: checkpointing, activation_offloading: offload, fsdp_config: fsdp } = config;
  const field = 'training.activation_checkpointing';
  if (typeof checkpointing === 'boolean')
    stated.state(field, checkpointing ? 'full' : 'none', ['gradient_checkpointing']);
  else if (typeof checkpointing === 'string') {
    // Unsloth's way is to recompute all, with inputs on the CPU.
    const isKnown = ['offload', 'offload_disk', 'unsloth'].includes(checkpointing);
    stated.state(field, isKnown ? 'full' : 'unknown', ['gradient_checkpointing']);
    if (isKnown) stated.state('training.activation_offload', true, ['gradient_checkpointing']);
  }
  for (const key of ['fsdp_activation_checkpointing', 'activation_checkpointing'] as const) {
    if (fsdp?.[key] === true) stated.state(field, 'full', ['fsdp_config', key]);
  }
  stated.imply(field, 'none');
  if (offload !== null && offload !== undefined) {
    stated.state('training.activation_offload', offload !== false, ['activation_offloading']);
  }
}

const fused = ['flash_attention', 'sdp_attention', 'xformers_attention', 'flex_attention'] as const;

/** Only `eager` keeps the score matrix; transformers takes SDPA where nothing is said. */
function stateAttention(stated: StatedFacts, config: Axolotl): void {
  for (const key of fused) if (config[key] === true) stated.state('training.flash_attention', true, [key]);
  if (config.eager_attention === true) stated.state('training.flash_attention', false, ['eager_attention']);
  const implementation = config.attn_implementation ?? '';
  if (implementation !== '')
    stated.state('training.flash_attention', implementation !== 'eager', ['attn_implementation']);
}

/** Both plugins compute the loss without the full logits; cut cross-entropy is on unless it is turned off. */
function stateLoss(stated: StatedFacts, config: Axolotl): void {
  const cut = 'axolotl.integrations.cut_cross_entropy.CutCrossEntropyPlugin';
  const plugin = config.plugins?.indexOf(cut) ?? -1;
  if (plugin !== -1) stated.state('training.fused_loss', true, ['plugins', plugin]);
  stated.state('training.fused_loss', config.cut_cross_entropy, ['cut_cross_entropy']);
  const liger = 'liger_fused_linear_cross_entropy';
  if (config[liger] === true) stated.state('training.fused_loss', true, [liger]);
}
