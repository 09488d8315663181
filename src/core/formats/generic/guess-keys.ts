import { optimizerNamed } from '../../run/optimizer-names.ts';
import type { RunField } from '../../run/fields.ts';
import { schemaOf } from '../../run/run-schema.ts';
import { leavesOf, type Leaf } from './leaves.ts';
import { synonyms } from './synonyms/index.ts';
import {
  elsewhere,
  gpusOfNode,
  learningRates,
  modelNames,
  nodes,
  openBatches,
  ratios,
  tokenBatches,
} from './synonyms/other-names.ts';
import type { Synonyms } from './synonyms/synonym.ts';

/** A key that is taken for a fact by its name. */
export interface GuessedKey {
  readonly field: RunField;
  readonly key: string;
  /** The value as it is written. */
  readonly written: string | number | boolean;
  readonly values: Readonly<Record<string, unknown>>;
  readonly times: readonly string[];
  readonly dividedBy: readonly string[];
  /** What else is guessed, in words; empty where the name says it all. */
  readonly as: string;
}

export interface Guesses {
  readonly keys: readonly GuessedKey[];
  /** Whether a learning rate is stated: only training has one. */
  readonly learns: boolean;
  /** Signs of adapters, by the key that gives them. */
  readonly adapter: string | null;
}

/** What a config states, as far as the names of its keys tell. */
export function guessKeys(root: unknown): Guesses {
  const leaves = (leavesOf(root) ?? []).filter(isAboutTraining);
  const keys = new Map<RunField, GuessedKey>();
  for (const one of synonyms) {
    if (keys.has(one.field)) continue;
    const found = best(leaves, one);
    if (found !== null) keys.set(one.field, found);
  }
  const add = (guess: GuessedKey | null): void => {
    if (guess !== null && !keys.has(guess.field)) keys.set(guess.field, guess);
  };
  add(modelId(leaves));
  add(mlpRatio(leaves, keys.get('model.hidden_size')));
  const micro = keys.get('training.micro_batch_size');
  if (micro !== undefined && micro.as !== '' && Number(micro.written) > mostOfOneGpu) {
    keys.delete('training.micro_batch_size');
    add({ ...micro, field: 'training.global_batch_size', as: 'as the sequences of all GPUs' });
  }
  const length = keys.get('training.sequence_length');
  const global = keys.get('training.global_batch_size');
  if (global !== undefined && Number(global.written) >= 65_536) {
    keys.delete('training.global_batch_size');
    add(inTokens(global, length));
  }
  add(tokenBatch(leaves, length));
  add(gpuCount(leaves));
  return { keys: [...keys.values()], learns: leaves.some(isLearningRate), adapter: adapterOf(leaves) };
}

/** Nobody works on more sequences of a transformer at once: a batch of no given kind that is larger is that of all GPUs. */
const mostOfOneGpu = 1024;

function isAboutTraining({ names, path }: Leaf): boolean {
  return !names.some((name) => elsewhere.test(name)) && !path.some((key) => key.includes('.') || key.startsWith('$'));
}

function isLearningRate({ names, value }: Leaf): boolean {
  const number = typeof value === 'string' ? Number(value) : value;
  return learningRates.has(names.at(-1) ?? '') && typeof number === 'number' && number > 0 && number < 10;
}

/** The likeliest of the values that have one of the names. */
function best(leaves: readonly Leaf[], one: Synonyms): GuessedKey | null {
  let found: { rank: number; guess: GuessedKey } | null = null;
  for (const leaf of leaves) {
    const rank = rankOf(leaf, one, leaves);
    if (rank === null) continue;
    const guess = guessOf(leaf, one);
    if (guess !== null && (found === null || rank < found.rank)) found = { rank, guess };
  }
  return found?.guess ?? null;
}

/** The lower the likelier; null for another name. A prefix counts as the map that it names: `train_batch`. */
function rankOf(leaf: Leaf, one: Synonyms, leaves: readonly Leaf[]): number | null {
  const depth = leaf.path.length / 100;
  for (const [index, spelled] of spellings(leaf.names).entries()) {
    const name = spelled.at(-1) ?? '';
    const place = one.names.indexOf(name);
    if (place !== -1) return place + index * 100 + depth;
    const within = one.within !== undefined && Object.hasOwn(one.within, name) ? one.within[name] : undefined;
    if (
      within !== undefined &&
      (spelled.slice(0, -1).some((map) => within.test(map)) || besideDimensions(leaf, leaves))
    )
      return 1000 + depth;
  }
  return null;
}

const prefixes = /^(model|net|network|arch|transformer|train|training|trainer|data|optim|gpt|lm|llm|moe|lora)_(.+)$/;

function spellings(names: readonly string[]): (readonly string[])[] {
  const [, map, rest] = prefixes.exec(names.at(-1) ?? '') ?? [];
  return map === undefined || rest === undefined ? [names] : [names, [...names.slice(0, -1), map, rest]];
}

const dimensions = /^(?:dim|width|depth|heads|layers|n_?layers?|n_?heads?|num_layers|num_heads|d_model|n_embd)$/;

/** `dim` beside `depth` and `heads` is that of a model. */
function besideDimensions(leaf: Leaf, leaves: readonly Leaf[]): boolean {
  if (!dimensions.test(leaf.names.at(-1) ?? '') && leaf.names.at(-1) !== 'vocab') return false;
  const map = leaf.path.slice(0, -1).join('.');
  const beside = leaves.filter(
    ({ path, names }) => path.slice(0, -1).join('.') === map && dimensions.test(names.at(-1) ?? ''),
  );
  return beside.length >= 3;
}

function guessOf({ path, names, value }: Leaf, { field, words, range }: Synonyms): GuessedKey | null {
  const guess = { field, key: path.join('.'), written: value, values: {}, times: [], dividedBy: [], as: '' };
  if (field === 'training.optimizer') {
    const optimizer = typeof value === 'string' ? optimizerNamed(value.split('.').at(-1) ?? '') : null;
    return optimizer === null ? null : { ...guess, values: optimizer === value ? {} : { [String(value)]: optimizer } };
  }
  if (words !== undefined) {
    const word = String(value);
    const meaning = Object.hasOwn(words, word.toLowerCase()) ? words[word.toLowerCase()] : undefined;
    return meaning === undefined ? null : { ...guess, values: meaning === value ? {} : { [word]: meaning } };
  }
  if (field === 'hardware.gpu' && !(typeof value === 'string' && gpuName.test(value))) return null;
  const read = schemaOf(field).safeParse(value);
  if (!read.success) return null;
  if (range !== undefined && !(typeof read.data === 'number' && read.data >= range[0] && read.data <= range[1]))
    return null;
  const isOpen =
    field === 'training.micro_batch_size' && spellings(names).some((spelled) => openBatches.has(spelled.at(-1) ?? ''));
  return { ...guess, as: isOpen ? 'as the sequences of one GPU' : '' };
}

const gpuName = /(?:^|[^a-z\d])(?:[abhlv]\d{2,3}s?|gb?h?\d{3}|rtx|t4|mi\d{3}|tpu)/i;

/** `org/name` that is no path of a file. */
function modelId(leaves: readonly Leaf[]): GuessedKey | null {
  const found = leaves.find(
    ({ names, value }) =>
      (modelNames.has(names.at(-1) ?? '') || (names.at(-1) === 'name' && names.at(-2) === 'model')) &&
      typeof value === 'string' &&
      /^[A-Za-z\d][\w.-]{0,95}\/[A-Za-z\d][\w.-]{0,95}$/.test(value) &&
      !/\.(?:pth?|bin|ckpt|safetensors|ya?ml|json|txt|py|onnx|gguf)$/.test(value),
  );
  return found === undefined ? null : plainKey('model.id', found);
}

function plainKey(field: RunField, { path, value }: Leaf): GuessedKey {
  return { field, key: path.join('.'), written: value, values: {}, times: [], dividedBy: [], as: '' };
}

function named(leaves: readonly Leaf[], names: readonly string[]): (Leaf & { readonly value: number }) | null {
  for (const name of names) {
    const found = leaves.find((leaf): leaf is Leaf & { readonly value: number } => {
      return leaf.names.at(-1) === name && typeof leaf.value === 'number' && leaf.value > 0;
    });
    if (found !== undefined) return found;
  }
  return null;
}

function mlpRatio(leaves: readonly Leaf[], hidden: GuessedKey | undefined): GuessedKey | null {
  const ratio = named(leaves, ratios);
  if (ratio === null || hidden === undefined || !Number.isInteger(ratio.value * Number(hidden.written))) return null;
  const times = [hidden.key];
  return { ...plainKey('model.intermediate_size', ratio), times, as: `times ${hidden.key}` };
}

/** A batch of tokens, by the sequences that it has room for. */
function inTokens(batch: GuessedKey, length: GuessedKey | undefined): GuessedKey | null {
  if (length === undefined || !Number.isInteger(Number(batch.written) / Number(length.written))) return null;
  return { ...batch, dividedBy: [length.key], as: `as tokens, divided by ${length.key}` };
}

function tokenBatch(leaves: readonly Leaf[], length: GuessedKey | undefined): GuessedKey | null {
  const found = named(leaves, tokenBatches);
  return found === null ? null : inTokens(plainKey('training.global_batch_size', found), length);
}

function gpuCount(leaves: readonly Leaf[]): GuessedKey | null {
  const ofNode = named(leaves, gpusOfNode);
  if (ofNode === null || !Number.isInteger(ofNode.value)) return null;
  const count = named(leaves, nodes);
  const key = plainKey('hardware.count', ofNode);
  if (count === null || !Number.isInteger(count.value)) return key;
  return { ...key, times: [count.path.join('.')], as: `times ${count.path.join('.')}` };
}

/** A key that says that adapters are trained, whatever it says of them. */
function adapterOf(leaves: readonly Leaf[]): string | null {
  const found = leaves.find(({ names, value }) => {
    const isOff = value === false || value === 0 || value === '' || value === 'none' || value === 'null';
    return !isOff && names.some((name) => /^(?:use_)?(?:q?lora|peft|adapters?)(?:_|$)/.test(name));
  });
  return found?.path.join('.') ?? null;
}
