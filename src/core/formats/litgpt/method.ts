import type { StatedFacts } from '../stated-facts.ts';
import type { LitGpt } from './schema.ts';

/** Which matrices carry an adapter, by the switches of `litgpt finetune_lora`. */
const switches = [
  ['lora_query', ['q_proj']],
  ['lora_key', ['k_proj']],
  ['lora_value', ['v_proj']],
  ['lora_projection', ['o_proj']],
  ['lora_mlp', ['gate_proj', 'up_proj', 'down_proj']],
  ['lora_head', ['lm_head']],
] as const;

/** The command, which the file doesn't name, decides how it is trained: only that for LoRA has these keys. */
export function stateMethod(stated: StatedFacts, config: LitGpt): void {
  if (typeof config.lora_r !== 'number') {
    stated.imply('training.method', 'full');
    return;
  }
  const quantized = /^bnb\.(nf4|fp4|int8)/.exec(config.quantize ?? '')?.[1];
  stated.state('training.method', quantized === undefined ? 'lora' : 'qlora', ['lora_r']);
  if (quantized !== undefined) {
    stated.state('training.quantization.bits', quantized === 'int8' ? 8 : 4, ['quantize']);
    stated.state('training.quantization.double', config.quantize?.endsWith('-dq'), ['quantize']);
  }
  stated.state('training.lora.rank', config.lora_r, ['lora_r']);
  const on = switches.filter(([key]) => config[key] === true);
  const targets = on.flatMap(([, modules]) => [...modules]);
  const [first] = on;
  if (first !== undefined) stated.state('training.lora.target_modules', targets, [first[0]]);
}
