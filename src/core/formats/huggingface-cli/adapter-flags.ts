import type { Document } from '../../document/document.ts';
import { showText } from '../../document/show-value.ts';
import { isFreezingFlag } from './frozen-parts.ts';

/** What flags say of adapters, under the names of trl's ModelConfig, and the flags that say so. */
export interface AdapterFlags {
  /** Null where some sign of an adapter is there that is not understood; undefined where there is none. */
  readonly usesPeft?: boolean | null;
  readonly bits?: 4 | 8;
  readonly rank?: number;
  readonly flagOf: Readonly<Partial<Record<'usesPeft' | 'bits' | 'rank', string>>>;
  /** Why, where no flag says it in so many words. */
  readonly reason?: string;
}

/** Flags whose word names the way of training, as LLaMA-Factory, ms-swift, PEFT and the programs after them have it. */
const methods = [
  ...['finetuning_type', 'finetune_type', 'tuner_type', 'tuning_type', 'train_type', 'sft_type', 'peft_type'],
  ...['peft_method', 'tuning_method', 'finetuning_method', 'adapter', 'adapter_type'],
];

/** Switches that turn LoRA on. */
const switches = [
  ...['use_peft', 'use_lora', 'lora_enable', 'enable_lora', 'lora', 'peft', 'use_peft_lora', 'is_lora', 'with_lora'],
  ...['use_qlora', 'q_lora', 'qlora', 'use_llm_lora'],
];

const ranks = ['lora_r', 'lora_rank', 'lora_dim', 'peft_lora_r', 'lora_attention_dim', 'use_llm_lora'];
const bitCounts = ['bits', 'quantization_bit', 'quantization_bits', 'quant_bits', 'quantize_bits', 'load_in_bits'];
const fourBits = ['load_in_4bit', 'use_4bit_quantization', 'use_4bit', 'use_qlora', 'q_lora', 'qlora'];
const eightBits = ['load_in_8bit', 'use_8bit_quantization', 'use_8bit', 'use_int8_training'];

/** Signs of parts that are frozen, adapted or quantized in a way that none of the lists above tells. */
const sign = /lora|peft|adapter|tuner|prefix_tuning|prompt_tuning|freeze|frozen|unfreeze|gptq|awq|quantiz/;
/** Flags with such a sign that say nothing of the method, and those that other readers know. */
const beside =
  /^(?:lora_\w*|peft_(?:lora_\w+|config|path)|\w*lora_(?:alpha|dropout|weight_path|target\w*|modules\w*|bias|path)|(?:adapter|peft)_(?:path|name\w*)|.*(?:dir|path|file|name)|mm_\w+|quant_type|bnb_\w+|.*double_quant\w*|use_dora)$/;

/** Whether a flag says something of the method, in a way that is known. */
export function isAdapterFlag(flag: string): boolean {
  const known = [methods, switches, ranks, bitCounts, fourBits, eightBits];
  return known.some((names) => names.includes(flag)) || ['full_finetune', 'full_finetuning'].includes(flag);
}

/** `program` is the word that names the program, which may be called train_lora.py. */
export function adapterFlags(flags: Document, program: string): AdapterFlags {
  const given = new Map(Object.entries(flags.value as Record<string, unknown>));
  const on = (names: readonly string[]): string | undefined => names.find((name) => isOn(given.get(name)));
  const method = methods.find((name) => typeof given.get(name) === 'string');
  const rankFlag = ranks.find((name) => typeof given.get(name) === 'number' && Number(given.get(name)) >= 1);
  const counted = bitCounts.find((name) => [4, 8, '4', '8', '4bit', '8bit'].includes(given.get(name) as string));
  const four = on(fourBits);
  const bitsFlag = counted ?? four ?? on(eightBits);
  const bits =
    counted === undefined ? (four === undefined ? 8 : 4) : String(given.get(counted)).startsWith('4') ? 4 : 8;
  const found = {
    ...(rankFlag === undefined ? {} : { rank: Number(given.get(rankFlag)) }),
    ...(bitsFlag === undefined ? {} : ({ bits } as const)),
  };
  const flagOf = {
    ...(rankFlag === undefined ? {} : { rank: rankFlag }),
    ...(bitsFlag === undefined ? {} : { bits: bitsFlag }),
  };
  const says = (usesPeft: boolean | null, flag: string, reason?: string): AdapterFlags => {
    return { ...found, usesPeft, flagOf: { ...flagOf, usesPeft: flag }, ...(reason === undefined ? {} : { reason }) };
  };

  if (method !== undefined) return ofMethod(String(given.get(method)), method, says);
  const turnedOn = on(switches);
  if (turnedOn !== undefined) return says(true, turnedOn);
  const turnedOff = switches.find((name) => given.get(name) === false || given.get(name) === 0);
  if (turnedOff !== undefined) return says(false, turnedOff);
  const whole = on(['full_finetune', 'full_finetuning']);
  if (whole !== undefined) return says(false, whole);
  if (rankFlag !== undefined) return says(true, rankFlag, `not stated; --${rankFlag} is an adapter's`);
  if (bitsFlag !== undefined) return says(true, bitsFlag, 'not stated; a quantized base is trained by adapters');
  const named = /(?:^|[/_.-])q?lora(?:[/_.-]|$)|(?:^|[/_.-])peft(?:[/_.-]|$)/i.test(program);
  if (named) return says(true, '', `not stated; the program is called ${showText(program)}`);
  const unknown = [...given].find(
    ([name, value]) => sign.test(name) && !beside.test(name) && !isFreezingFlag(name) && isSet(value),
  );
  if (unknown === undefined) return { ...found, flagOf };
  const [name] = unknown;
  return says(null, name, `--${name} is not understood: it may freeze weights, adapt them or quantize them`);
}

function ofMethod(
  word: string,
  flag: string,
  says: (usesPeft: boolean | null, flag: string, reason?: string) => AdapterFlags,
): AdapterFlags {
  if (/^(?:q?lora|q-lora|dora|rslora|pissa)(?:_\w+)?$/i.test(word)) return says(true, flag);
  if (/^(?:full|none|sft|finetune|full_?finetun\w*)$/i.test(word)) return says(false, flag);
  return says(null, flag, `--${flag} ${showText(word)} is no method that is known`);
}

function isOn(value: unknown): boolean {
  return value === true || value === 'yes' || (typeof value === 'number' && value > 0);
}

function isSet(value: unknown): boolean {
  return value !== false && value !== null && value !== undefined && value !== 0 && value !== 'none' && value !== '';
}
