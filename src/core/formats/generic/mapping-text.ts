import { runFields, type RunField } from '../../run/fields.ts';
import type { GuessedKey } from './guess-keys.ts';

/** One entry of `formats` in the policy: a mapping that was guessed, for files that have the same keys. */
export interface ProposedFormat {
  readonly name: string;
  readonly files: readonly string[];
  readonly keys: readonly GuessedKey[];
}

/**
 * The entry as YAML, indented as it stands under `formats:`. Behind each key is the value that it has; what no key
 * states is in comments, to be filled in.
 */
export function mappingText({ name, files, keys }: ProposedFormat): string[] {
  return [
    `  - name: ${scalar(name)}`,
    `    files: [${files.map((file) => JSON.stringify(file)).join(', ')}]`,
    '    fields:',
    ...keys.map((key) => `      ${key.field}: ${entryOf(key)} # ${commentOf(key)}`),
    ...missingFrom(keys, 'fields').map(([field, what]) => `      # ${field}: # ${what}`),
    '    state:',
    '      training.trainer: pytorch',
    ...missingFrom(keys, 'state').map(([field, what]) => `      # ${field}: # ${what}`),
  ];
}

function entryOf({ field, key, values, times, dividedBy }: GuessedKey): string {
  const words = Object.entries(values).map(
    ([word, value]) => `${scalar(word)}: ${typeof value === 'string' ? scalar(value) : String(value)}`,
  );
  const parts = [
    ...(field === 'training.micro_batch_size' ? ['unit: per_gpu'] : []),
    ...(words.length > 0 ? [`values: { ${words.join(', ')} }`] : []),
    ...(times.length > 0 ? [`times: ${listOf(times)}`] : []),
    ...(dividedBy.length > 0 ? [`divided_by: ${listOf(dividedBy)}`] : []),
  ];
  return parts.length === 0 ? scalar(key) : `{ key: ${scalar(key)}, ${parts.join(', ')} }`;
}

function listOf(factors: readonly string[]): string {
  const [only] = factors;
  return factors.length === 1 && only !== undefined ? scalar(only) : `[${factors.map(scalar).join(', ')}]`;
}

/** Plain where YAML reads it back as the same text, quoted otherwise; keys come from anybody's file. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z_][\w.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function commentOf({ field, written, as }: GuessedKey): string {
  const value = String(written)
    .slice(0, 60)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
  if (field === 'training.micro_batch_size' && as !== '') return `${value}; or unit: global`;
  return as === '' ? value : `${value}, ${as}`;
}

/** What an estimate needs: what differs between configs is stated by a key, what holds for all by the format. */
const needed: Readonly<Record<'fields' | 'state', readonly RunField[]>> = {
  fields: [
    'model.hidden_size',
    'model.num_layers',
    'model.num_attention_heads',
    'model.vocab_size',
    'training.sequence_length',
    'training.micro_batch_size',
    'training.tokens',
    'hardware.count',
  ],
  state: [
    'model.gated_mlp',
    'training.precision',
    'training.optimizer',
    'training.activation_checkpointing',
    'parallelism.sharding',
    'hardware.gpu',
  ],
};

/** Fields of which one is enough. */
const instead: Partial<Record<RunField, readonly RunField[]>> = {
  'model.hidden_size': ['model.id'],
  'model.num_layers': ['model.id'],
  'model.num_attention_heads': ['model.id'],
  'model.vocab_size': ['model.id'],
  'model.gated_mlp': ['model.id'],
  'training.micro_batch_size': ['training.global_batch_size'],
  'training.tokens': ['training.steps', 'training.samples', 'training.epochs'],
};

/** What no key states, each with what it is. */
export function missingFrom(
  keys: readonly Pick<GuessedKey, 'field'>[],
  where: 'fields' | 'state',
): (readonly [RunField, string])[] {
  const stated = new Set(keys.map(({ field }) => field));
  return needed[where]
    .filter((field) => ![field, ...(instead[field] ?? [])].some((other) => stated.has(other)))
    .map((field) => [field, runFields[field].description ?? '']);
}
