import type { StatedFacts } from '../stated-facts.ts';
import type { TrainingArguments } from './schema.ts';

/** LoRA and quantization, from trl's ModelConfig: `lora_*` counts only with `use_peft: true`. */
export function stateAdapter(stated: StatedFacts, config: TrainingArguments): void {
  const quantized =
    config.load_in_4bit === true ? 'load_in_4bit' : config.load_in_8bit === true ? 'load_in_8bit' : null;
  if (quantized !== null) {
    stated.state('training.quantization.bits', quantized === 'load_in_4bit' ? 4 : 8, [quantized]);
    for (const key of ['bnb_4bit_use_double_quant', 'use_bnb_nested_quant'] as const) {
      stated.state('training.quantization.double', config[key], [key]);
    }
  }
  if (config.use_peft !== true) {
    if (config.use_peft === false) stated.state('training.method', 'full', ['use_peft']);
    stated.imply('training.method', 'full'); // ModelConfig.use_peft
    return;
  }
  stated.state('training.method', quantized === null ? 'lora' : 'qlora', ['use_peft']);
  stated.state('training.lora.rank', config.lora_r, ['lora_r']);
  stated.imply('training.lora.rank', 16); // ModelConfig.lora_r
  const targets = config.lora_target_modules;
  stated.state('training.lora.target_modules', typeof targets === 'string' ? [targets] : targets, [
    'lora_target_modules',
  ]);
  stated.state('training.lora.trained_modules', config.lora_modules_to_save, ['lora_modules_to_save']);
  stated.state('training.lora.dora', config.use_dora, ['use_dora']);
  stated.state('training.lora.dropout', config.lora_dropout, ['lora_dropout']);
}
