import type { StatedFacts } from '../stated-facts.ts';
import type { Torchtune } from './schema.ts';

/** The builder says how the model is trained: `lora_llama3_8b`, `qlora_llama3_8b`, or all of it. */
export function stateMethod(stated: StatedFacts, { model }: Torchtune): void {
  const builder = model._component_.split('.').at(-1) ?? '';
  const isQuantized = builder.startsWith('qlora_') || model.quantize_base === true;
  const isAdapted = isQuantized || builder.startsWith('lora_');
  stated.state('training.method', isQuantized ? 'qlora' : isAdapted ? 'lora' : 'full', ['model', '_component_']);
  if (isQuantized) {
    // NF4 with quantized scales (torchao, NF4Tensor).
    stated.state('training.quantization.bits', 4, ['model', '_component_']);
    stated.imply('training.quantization.double', true);
  }
  if (!isAdapted) return;
  stated.state('training.lora.rank', model.lora_rank, ['model', 'lora_rank']);
  stated.imply('training.lora.rank', 8);
  stated.state('training.lora.dora', model.use_dora, ['model', 'use_dora']);
  stated.state('training.lora.dropout', model.lora_dropout, ['model', 'lora_dropout']);
  const targets = [
    // torchtune calls the projection behind attention `output_proj`, and the head `output`.
    ...(model.lora_attn_modules ?? []).map((name) => (name === 'output_proj' ? 'o_proj' : name)),
    ...(model.apply_lora_to_mlp === true ? ['gate_proj', 'up_proj', 'down_proj'] : []),
    ...(model.apply_lora_to_output === true ? ['lm_head'] : []),
  ];
  if (targets.length > 0) stated.state('training.lora.target_modules', targets, ['model', 'lora_attn_modules']);
}
