import type { StatedFacts } from '../stated-facts.ts';
import type { Axolotl } from './schema.ts';

/** LoRA and quantization. `load_in_8bit` and `load_in_4bit` count with an adapter only: frozen weights are quantized. */
export function stateAdapter(stated: StatedFacts, config: Axolotl): void {
  const adapter = config.adapter ?? '';
  if (adapter === '') {
    // Modules that are named here are all that is trained; how many weights they have is not counted.
    const some = 'unfrozen_parameters';
    if ((config[some] ?? []).length > 0) stated.state('training.method', 'unknown', [some]);
    else stated.imply('training.method', 'full');
    return;
  }
  if (!/^q?lora$/.test(adapter)) {
    stated.state('training.method', 'unknown', ['adapter']);
    return;
  }
  const quantized = config.load_in_4bit === true ? 4 : config.load_in_8bit === true ? 8 : null;
  if (quantized !== null) {
    stated.state('training.quantization.bits', quantized, [quantized === 4 ? 'load_in_4bit' : 'load_in_8bit']);
    // Four bits come with quantized constants (axolotl, loaders/model: bnb_4bit_use_double_quant).
    if (quantized === 4) stated.imply('training.quantization.double', true);
  }
  if (quantized === null && config.gptq === true) {
    stated.infer('training.quantization.bits', 4, 'a checkpoint of GPTQ, which mostly has 4 bits', ['gptq']);
  }
  stated.state('training.method', quantized === null ? 'lora' : 'qlora', ['adapter']);
  stated.state('training.lora.rank', config.lora_r, ['lora_r']);
  stateTargets(stated, config);
  const saved = config.lora_modules_to_save ?? [];
  if (saved.length > 0) stated.state('training.lora.trained_modules', saved, ['lora_modules_to_save']);
  stated.state('training.lora.dora', config.peft_use_dora, ['peft_use_dora']);
  stated.state('training.lora.dropout', config.lora_dropout, ['lora_dropout']);
}

function stateTargets(stated: StatedFacts, config: Axolotl): void {
  const field = 'training.lora.target_modules';
  const targets = config.lora_target_modules ?? [];
  if (config.lora_target_linear === true) stated.state(field, ['all-linear'], ['lora_target_linear']);
  else if (targets.length > 0) {
    stated.state(field, typeof targets === 'string' ? [targets] : targets, ['lora_target_modules']);
  }
}
