import type { StatedFacts } from '../stated-facts.ts';
import type { LlamaFactory } from './schema.ts';

/** LoRA and quantization. `freeze` trains some layers: as it can't be told how many weights they have, all count. */
export function stateAdapter(stated: StatedFacts, config: LlamaFactory): void {
  const type = config.finetuning_type ?? 'lora'; // FinetuningArguments
  if (type === 'full' || type === 'freeze') {
    stated.state('training.method', 'full', ['finetuning_type']);
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
}

function stateTargets(stated: StatedFacts, { lora_target: written }: LlamaFactory): void {
  const field = 'training.lora.target_modules';
  const targets = (typeof written === 'string' ? written.split(',') : (written ?? []))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (targets.includes('all')) stated.state(field, ['all-linear'], ['lora_target']);
  else if (targets.length > 0) stated.state(field, targets, ['lora_target']);
  stated.imply(field, ['all-linear']);
}
