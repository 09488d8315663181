import type { StatedFacts } from '../stated-facts.ts';
import type { Oumi } from './schema.ts';

/** LoRA and quantization: `peft` counts only with `training.use_peft`. */
export function stateAdapter(stated: StatedFacts, { model, training, peft }: Oumi): void {
  if (training.use_peft !== true && (model.freeze_layers ?? []).length > 0) {
    stated.state('training.method', 'unknown', ['model', 'freeze_layers']);
  } else if (training.use_peft !== true) {
    if (training.use_peft === false) stated.state('training.method', 'full', ['training', 'use_peft']);
    stated.imply('training.method', 'full');
  }
  if (training.use_peft !== true) return;
  const isQuantized = peft?.q_lora === true;
  stated.state('training.method', isQuantized ? 'qlora' : 'lora', ['training', 'use_peft']);
  if (isQuantized) {
    stated.state('training.quantization.bits', peft.q_lora_bits, ['peft', 'q_lora_bits']);
    stated.imply('training.quantization.bits', 4); // PeftParams
    stated.state('training.quantization.double', peft.use_bnb_nested_quant, ['peft', 'use_bnb_nested_quant']);
  }
  stated.state('training.lora.rank', peft?.lora_r, ['peft', 'lora_r']);
  stated.imply('training.lora.rank', 8);
  const saved = peft?.lora_modules_to_save ?? [];
  if (saved.length > 0) stated.state('training.lora.trained_modules', saved, ['peft', 'lora_modules_to_save']);
  const targets = peft?.lora_target_modules ?? [];
  if (targets.length === 0) return;
  stated.state('training.lora.target_modules', typeof targets === 'string' ? [targets] : targets, [
    'peft',
    'lora_target_modules',
  ]);
}
