import type { StatedFacts } from '../stated-facts.ts';
import type { Torchtune } from './schema.ts';

/** Precision, optimizer, recomputation and the loss. */
export function stateKernels(stated: StatedFacts, config: Torchtune): void {
  // Weights, gradients and optimizer states are all of this type (torchtune docs, "Memory Optimization").
  stated.state('training.precision', config.dtype, ['dtype']);
  stated.imply('training.precision', 'bf16');
  stated.state('training.optimizer', config.optimizer?._component_, ['optimizer', '_component_']);
  if (config.optimizer?.fused === true)
    stated.state('training.optimizer_implementation', 'fused', ['optimizer', 'fused']);
  stated.state('training.optimizer_in_backward', config.optimizer_in_bwd, ['optimizer_in_bwd']);
  stateCheckpointing(stated, config);
  stated.state('training.activation_offload', config.enable_activation_offloading, ['enable_activation_offloading']);
  stated.state('training.compile', typeof config.compile === 'object' ? true : config.compile, ['compile']);
  const loss = config.loss?._component_ ?? '';
  const isChunked = /LinearCrossEntropyLoss$|ChunkedOutput/.test(loss);
  if (loss !== '') stated.state('training.fused_loss', isChunked, ['loss', '_component_']);
}

function stateCheckpointing(stated: StatedFacts, config: Torchtune): void {
  const field = 'training.activation_checkpointing';
  const recomputes = config.enable_activation_checkpointing;
  // full_finetune_distributed.py wraps layers by `ac_mode` whatever else is said.
  if (config.ac_mode === 'selective') stated.state(field, 'selective', ['ac_mode']);
  else if (recomputes === false) stated.state(field, 'none', ['enable_activation_checkpointing']);
  else if (recomputes === true) stated.state(field, 'full', ['enable_activation_checkpointing']);
  stated.imply(field, 'none');
}
