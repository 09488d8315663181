import type { StatedFacts } from '../stated-facts.ts';
import type { Verb } from './command.ts';
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

/** `lora_r` of `litgpt finetune_lora` where it is left out (litgpt/finetune/lora.py). */
const defaultRank = 8;

/** The command decides how it is trained. A file doesn't name it: only that for LoRA has these keys. */
export function stateMethod(stated: StatedFacts, config: LitGpt, verb: Verb['method'] | null): void {
  if (verb === 'other') {
    stated.infer('training.method', 'unknown', 'the command of LitGPT is none that is known');
    return;
  }
  if (typeof config.lora_r !== 'number' && verb === 'lora') {
    stated.imply('training.method', 'lora');
    stated.imply('training.lora.rank', defaultRank);
    return;
  }
  if (typeof config.lora_r !== 'number' || verb === 'full' || verb === 'pretrain') {
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
