import type { Document } from '../../document/document.ts';
import type { AdapterFlags } from './adapter-flags.ts';

/** Arguments of well-known training programs that mean one of the Trainer's or of trl's; of two, the first counts. */
const names: readonly (readonly [name: string, meant: string])[] = [
  ['pretrained_model_name_or_path', 'model_name_or_path'],
  ['base_model_name_or_path', 'model_name_or_path'],
  ['model_id_or_path', 'model_name_or_path'],
  ['base_model', 'model_name_or_path'],
  ['model_id', 'model_name_or_path'],
  ['model_path', 'model_name_or_path'],
  ['model_name', 'model_name_or_path'],
  ['pretrained_model', 'model_name_or_path'],
  ['model', 'model_name_or_path'],
  ['model_max_length', 'max_seq_length'],
  ['block_size', 'max_seq_length'],
  ['cutoff_len', 'max_seq_length'],
  ['max_seq_len', 'max_seq_length'],
  ['train_batch_size', 'per_device_train_batch_size'],
  ['max_train_steps', 'max_steps'],
  ['num_epochs', 'num_train_epochs'],
  ['deepspeed_config', 'deepspeed'],
  ['deepspeed_config_file', 'deepspeed'],
  ['use_gradient_checkpointing', 'gradient_checkpointing'],
  ['grad_checkpoint', 'gradient_checkpointing'],
  ['activation_checkpointing', 'gradient_checkpointing'],
  ['double_quant', 'bnb_4bit_use_double_quant'],
];

/** Whether a flag is read under another name. */
export function isRenamed(flag: string): boolean {
  return names.some(([name]) => name === flag);
}

const dtypes: Readonly<Record<string, string>> = { bf16: 'bfloat16', fp16: 'float16', fp32: 'float32' };

/**
 * The flags of a command under the names of TrainingArguments and trl's ModelConfig. A name that is there itself
 * counts before one that means the same. `adapter` is what the flags say of adapters, whatever they are called.
 */
export function trainingArguments(flags: Document, adapter: AdapterFlags): Document {
  const given = flags.value as Record<string, unknown>;
  const value = Object.create(null) as Record<string, unknown>;
  const written = new Map<string, string>();
  const put = (name: string, flag: string, stated: unknown): void => {
    value[name] = translated(name, stated);
    written.set(name, flag);
  };
  for (const [name, stated] of Object.entries(given)) put(name, name, stated);
  for (const [name, meant] of names) {
    if (Object.hasOwn(given, name) && isOpen(value[meant])) put(meant, name, given[name]);
  }
  const { flagOf } = adapter;
  if (adapter.usesPeft !== undefined) put('use_peft', flagOf.usesPeft ?? '', adapter.usesPeft);
  if (adapter.rank !== undefined) put('lora_r', flagOf.rank ?? '', adapter.rank);
  if (adapter.bits !== undefined) put(`load_in_${adapter.bits}bit`, flagOf.bits ?? '', true);
  return {
    path: flags.path,
    value,
    placeOf: ([key]) => flags.placeOf([written.get(String(key)) ?? String(key)]),
  };
}

function isOpen(value: unknown): boolean {
  return value === undefined || value === null;
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
