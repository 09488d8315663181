import type { Document } from '../../document/document.ts';

/** Arguments of well-known training programs that mean one of the Trainer's or of trl's. */
const names: Readonly<Record<string, string>> = {
  pretrained_model_name_or_path: 'model_name_or_path',
  model_max_length: 'max_seq_length',
  block_size: 'max_seq_length',
  cutoff_len: 'max_seq_length',
  train_batch_size: 'per_device_train_batch_size',
  max_train_steps: 'max_steps',
  lora_enable: 'use_peft',
  use_lora: 'use_peft',
  lora_rank: 'lora_r',
};

const dtypes: Readonly<Record<string, string>> = { bf16: 'bfloat16', fp16: 'float16', fp32: 'float32' };

/**
 * The flags of a command under the names of TrainingArguments and trl's ModelConfig. A name that is there itself
 * counts before one that means the same.
 */
export function trainingArguments(flags: Document): Document {
  const value = Object.create(null) as Record<string, unknown>;
  const written = new Map<string, string>();
  for (const [key, stated] of Object.entries(flags.value as Record<string, unknown>)) {
    const name = Object.hasOwn(names, key) ? (names[key] ?? key) : key;
    if (name !== key && Object.hasOwn(flags.value as object, name)) continue;
    value[name] = translated(name, stated);
    written.set(name, key);
  }
  // QLoRA's and LLaVA's `--bits`: 16 and 32 quantize nothing.
  if (value['bits'] === 4 || value['bits'] === 8) {
    const name = value['bits'] === 4 ? 'load_in_4bit' : 'load_in_8bit';
    value[name] ??= true;
    written.set(name, 'bits');
  }
  return {
    path: flags.path,
    value,
    placeOf: ([key]) => flags.placeOf([written.get(String(key)) ?? String(key)]),
  };
}

function translated(name: string, value: unknown): unknown {
  if (name === 'torch_dtype' || name === 'dtype') {
    return typeof value === 'string' && Object.hasOwn(dtypes, value) ? dtypes[value] : value;
  }
  // TrainingArguments takes 0 where `save_strategy` says that nothing is saved.
  if (name === 'save_steps' && value === 0) return null;
  // A name of digits is a name.
  if (name === 'run_name' && typeof value === 'number') return String(value);
  // `--deepspeed` alone turns it on without saying which; so does a switch that something else follows.
  return name === 'deepspeed' && typeof value !== 'string' ? null : value;
}
