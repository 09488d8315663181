import type { StatedFacts } from '../stated-facts.ts';
import type { LlamaFactory } from './schema.ts';

/** LoRA and quantization. What `freeze`, `oft` and whatever comes later train is not counted: the method is unknown. */
export function stateAdapter(stated: StatedFacts, config: LlamaFactory): void {
  const type = config.finetuning_type ?? 'lora'; // FinetuningArguments
  if (type !== 'lora') {
    stated.state('training.method', type === 'full' ? 'full' : 'unknown', ['finetuning_type']);
    return;
  }
  const bits = config.quantization_bit;
  if (bits === 4 || bits === 8) {
    stated.state('training.quantization.bits', bits, ['quantization_bit']);
    stated.state('training.quantization.double', config.double_quantization, ['double_quantization']);
    stated.imply('training.quantization.double', true);
  }
  stated.state('training.method', bits === 4 || bits === 8 ? 'qlora' : 'lora', ['finetuning_type']);
  stated.state('training.lora.rank', config.lora_rank, ['lora_rank']);
  stated.imply('training.lora.rank', 8);
  stateTargets(stated, config);
  stated.state('training.lora.dora', config.use_dora, ['use_dora']);
  stated.state('training.lora.dropout', config.lora_dropout, ['lora_dropout']);
  const saved = namesIn(config.additional_target);
  if (saved.length > 0) stated.state('training.lora.trained_modules', saved, ['additional_target']);
}

function stateTargets(stated: StatedFacts, { lora_target: written }: LlamaFactory): void {
  const field = 'training.lora.target_modules';
  const targets = namesIn(written);
  if (targets.includes('all')) stated.state(field, ['all-linear'], ['lora_target']);
  else if (targets.length > 0) stated.state(field, targets, ['lora_target']);
  stated.imply(field, ['all-linear']);
}

function namesIn(written: string | readonly string[] | null | undefined): string[] {
  const names = typeof written === 'string' ? written.split(',') : (written ?? []);
  return names.map((name) => name.trim()).filter((name) => name !== '');
}
