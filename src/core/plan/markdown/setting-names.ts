import type { RunField } from '../../run/fields.ts';
import { optimizerNamed } from '../../run/optimizer-names.ts';
import { parseUsd } from '../../units/money.ts';
import { parseQuantity } from '../../units/quantity.ts';
import { plainText, type Span } from './span.ts';

/** A setting as the plan states it: the field that it is of, and its value, null where that cannot be read. */
export interface Setting {
  readonly field: RunField;
  readonly value: unknown;
  readonly span: Span;
  readonly expected: string;
}

interface SettingName {
  readonly name: RegExp;
  readonly field: RunField;
  readonly read: (text: string) => unknown;
  readonly expected: string;
}

const count = { read: readCount, expected: 'a number such as 512' };
const tokens = { read: readTokens, expected: 'a number of tokens such as 2048' };

/** Names as teams write them, in lower case and without punctuation. */
const settingNames: readonly SettingName[] = [
  {
    name: /^(?:hidden|model|embedding|embed)(?: (?:dim(?:ension)?|size|width))?$|^d model$|^n embd$|^width$/,
    field: 'model.hidden_size',
    ...count,
  },
  {
    name: /^(?:(?:num|number of|n|hidden|transformer) )*(?:layers?|blocks?)$|^depth$/,
    field: 'model.num_layers',
    ...count,
  },
  { name: /^(?:(?:num|number of|n) )?(?:(?:attention|query) )?heads$/, field: 'model.num_attention_heads', ...count },
  { name: /^(?:(?:num|number of|n) )?(?:kv|key value) heads$/, field: 'model.num_key_value_heads', ...count },
  { name: /^head (?:dim(?:ension)?|size)$/, field: 'model.head_dim', ...count },
  {
    name: /^(?:ffn|mlp|intermediate|feed ?forward)(?: hidden)?(?: (?:dim(?:ension)?|size|width))?$/,
    field: 'model.intermediate_size',
    ...count,
  },
  { name: /^vocab(?:ulary)?(?: size)?$/, field: 'model.vocab_size', ...count },
  {
    name: /^(?:max(?:imum)? )?context(?: (?:length|size|window))?$|^max position embeddings$/,
    field: 'model.max_position_embeddings',
    ...tokens,
  },
  { name: /^(?:max(?:imum)? )?seq(?:uence)? len(?:gth)?$/, field: 'training.sequence_length', ...tokens },
  { name: /^gradient accumulation(?: steps)?$/, field: 'training.gradient_accumulation_steps', ...count },
  {
    name: /^precision$|^(?:training )?dtype$/,
    field: 'training.precision',
    read: readPrecision,
    expected: 'BF16, FP16, FP32 or FP8',
  },
  {
    name: /^optimizer$/,
    field: 'training.optimizer',
    read: (text) => optimizerNamed(text.replaceAll(/\s+/g, '-')),
    expected: 'an optimizer such as AdamW',
  },
  {
    name: /^(?:hardware|gpus?|accelerators?)(?: (?:type|model))?$/,
    field: 'hardware.gpu',
    read: (text) => text.replace(gpuCount, ''),
    expected: 'a GPU such as A100 80GB',
  },
  { name: /^(?:(?:num|number of|n) gpus|gpu count)$/, field: 'hardware.count', ...count },
  {
    name: /^(?:price|cost|rate)(?: per)? (?:gpu|device) h(?:ou)?r$|^gpu(?: hourly)? (?:price|cost|rate)$/,
    field: 'hardware.usd_per_gpu_hour',
    read: readPrice,
    expected: 'a price such as $2.50',
  },
];

const gpuCount = /^(\d{1,6})\s*[x×]\s*/i;

/** The settings in one "name: value": none where the name is none of ours, two for `64 × A100`. */
export function fieldsOf(name: string, span: Span): readonly Setting[] {
  const text = plainText(span);
  if (name.length > 60 || text.length > 200) return [];
  const key = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
  if (/\bbatch size\b/.test(key)) return [batchSize(key, text, span)];
  const known = settingNames.find((candidate) => candidate.name.test(key));
  if (known === undefined) return [];
  const setting = { field: known.field, value: known.read(text), span, expected: known.expected };
  const gpus = known.field === 'hardware.gpu' ? gpuCount.exec(text)?.[1] : undefined;
  return gpus === undefined ? [setting] : [setting, { field: 'hardware.count', value: Number(gpus), span, ...count }];
}

/** "32 per GPU" and "global batch size: 512" are two things; a batch size of neither kind cannot be read. */
function batchSize(key: string, text: string, span: Span): Setting {
  const statement = `${key} ${text}`.toLowerCase();
  const [amount = ''] = text.split(/per[ -]?(?:gpu|device)|\/ ?(?:gpu|device)|global|total|sequence/i, 1);
  const value = readCount(amount.trimEnd().replace(/,$/, ''));
  if (/\b(?:global|total|effective)\b/.test(statement)) {
    return { field: 'training.global_batch_size', value, span, expected: 'a number such as 512' };
  }
  const isPerGpu = /\bper[ -]?(?:gpu|device)\b|\bmicro\b|\/\s*(?:gpu|device)\b/.test(statement);
  return {
    field: 'training.micro_batch_size',
    value: isPerGpu ? value : null,
    span,
    expected: '32 per GPU, or 512 global',
  };
}

/** `512`, `~512`, `512 dims`. */
function readCount(text: string): number | null {
  return parseQuantity(text.replace(/ [a-z]{2,}$/i, ''));
}

/** `2048`, `2048 tokens`; of lengths, 8k is 8,192, as in the names of models ("Llama-3-8B-8k"). */
function readTokens(text: string): number | null {
  const thousands = /^~?(\d{1,6})\s?k(?: tokens)?$/i.exec(text)?.[1];
  return thousands === undefined ? readCount(text) : Number(thousands) * 1024;
}

/** BF16 in a plan is mixed precision unless it says "pure": fp32 weights and states under bf16 arithmetic. */
function readPrecision(text: string): string | null {
  const type = /\b(bf|fp|tf)(?:loat)?-?(8|16|32)\b/i.exec(text);
  if (type === null) return null;
  const name = `${type[1]?.toLowerCase() ?? ''}${type[2] ?? ''}`;
  if (name === 'fp32' || name === 'tf32') return 'fp32';
  return /\bpure\b/i.test(text) ? name : `${name}-mixed`;
}

function readPrice(text: string): number | null {
  const [amount = ''] = text.split(/\/|per/i, 1);
  return parseUsd(amount);
}
