import type { LayerKind, MixerName } from '../../run/layer-kind.ts';
import type { HubConfig } from './hub-config.ts';

/** The layers of a model by their kinds; null where its plain fields say it all. */
export function layerPlan(config: HubConfig): LayerKind[] | null {
  const listed = config.texts('layers_block_type') ?? patternOf(config);
  const numLayers = config.count('num_hidden_layers', 'n_layer', 'n_layers', 'num_layers') ?? listed?.length ?? null;
  if (numLayers === null || numLayers === 0 || numLayers > 10_000) return null;
  const layers = blocksOf(config) ?? Array.from({ length: numLayers }, (_, index) => layerAt(config, index));
  return isPlain(layers, config) ? null : grouped(layers);
}

type Layer = Omit<LayerKind, 'count'>;

/** Layers alike together, in the order in which each kind first appears. */
function grouped(layers: readonly Layer[]): LayerKind[] {
  const kinds = new Map<string, LayerKind>();
  for (const layer of layers) {
    const key = JSON.stringify(layer);
    kinds.set(key, { ...layer, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()];
}

/** Whether the model's other fields say all of it: attention everywhere, and experts after the first layers or in every n-th. */
function isPlain(layers: readonly Layer[], config: HubConfig): boolean {
  const isAlike = layers.every((layer) => Object.keys(layer).every((key) => key === 'mlp') && layer.mlp !== 'none');
  const experts = layers.filter(({ mlp }) => mlp === 'experts').length;
  const first = config.count('first_k_dense_replace', 'num_dense_layers') ?? 0;
  const every = config.count('decoder_sparse_step', 'moe_layer_freq') ?? 1;
  return (
    isAlike &&
    (experts === 0
      ? (expertCount(config) ?? 0) === 0
      : experts === Math.floor((layers.length - first) / Math.max(1, every)))
  );
}

function layerAt(config: HubConfig, index: number): Layer {
  const word = layerWord(config, index);
  if (config.type === 'nemotron_h') return singleMixer(word);
  const mixers = mixersFor(config.type, word, isCross(config, index));
  const window = word === 'sliding_attention' ? config.count('sliding_window') : null;
  const chunk = word === 'chunked_attention' ? config.count('attention_chunk_size') : null;
  const attendsTo = window ?? chunk;
  return {
    ...(mixers === null ? {} : { mixers }),
    ...(mixers !== null && onlyMixers.has(config.type) ? { mlp: 'none' as const } : mlpAt(config, index)),
    ...(attendsTo === null || attendsTo === 0 ? {} : { attendsTo }),
    ...headsAt(config, index),
  };
}

/** What the config calls a layer; types without a list follow their class (transformers, configuration files). */
function layerWord(config: HubConfig, index: number): string {
  const listed = config.texts('layer_types') ?? config.texts('layers_block_type') ?? patternOf(config);
  if (listed !== null) return listed[index] ?? 'full_attention';
  const cycle = config.texts('block_types') ?? config.texts('_block_types');
  if (cycle !== null) return cycle[index % cycle.length] ?? 'full_attention';
  const attention = attentionIndices(config);
  if (attention !== null) return attention(index) ? 'full_attention' : 'linear_attention';
  if (config.type === 'minimax')
    return config.counts('attn_type_list')?.[index] === 0 ? 'linear_attention' : 'full_attention';
  if (config.type === 'falcon_h1') return 'hybrid';
  if (withoutList.has(config.type)) return 'linear_attention';
  return slidingWord(config, index);
}

/** Windows alternate with full attention: in Gemma 2 every second layer, in Gemma 3 every sixth, in AFMoE every fourth. */
function slidingWord(config: HubConfig, index: number): string {
  const every = {
    afmoe: config.count('global_attn_every_n_layers') ?? 4,
    gemma2: 2,
    gemma3_text: config.count('sliding_window_pattern') ?? 6,
  }[config.type];
  return every !== undefined && (index + 1) % every !== 0 ? 'sliding_attention' : 'full_attention';
}

/** Which layers have attention, where the config says so by index, by period or by a list of kimi's, counted from 1. */
function attentionIndices(config: HubConfig): ((index: number) => boolean) | null {
  const period = config.count('attn_layer_period');
  if (period !== null && period > 0) return (index) => index % period === (config.count('attn_layer_offset') ?? 0);
  const indices = config.counts('attn_layer_indices') ?? config.counts('full_attn_idxs');
  if (indices !== null) return (index) => indices.includes(index);
  const kimi = config.part(['linear_attn_config'], '')?.counts('full_attn_layers') ?? null;
  if (kimi !== null) return (index) => kimi.includes(index + 1);
  const interval = config.count('full_attention_interval') ?? usualInterval[config.type] ?? null;
  return interval !== null && interval > 0 ? (index) => (index + 1) % interval === 0 : null;
}

/** Nemotron-H's pattern: M for Mamba-2, * for attention, - for an MLP, E for experts. */
function patternOf(config: HubConfig): readonly string[] | null {
  const pattern = config.text('hybrid_override_pattern');
  if (pattern === null) return null;
  const words: Readonly<Record<string, string>> = { M: 'mamba', '*': 'attention', '-': 'mlp', E: 'moe' };
  return pattern.split('').flatMap((letter) => words[letter] ?? []);
}

/** The mixer that a type means by its layers without softmax. */
const recurrences: Readonly<Record<string, MixerName>> = {
  bamba: 'mamba2',
  falcon_h1: 'mamba2',
  falcon_mamba: 'mamba',
  granitemoehybrid: 'mamba2',
  jamba: 'mamba',
  kimi_linear: 'linear_attention',
  lfm2: 'short_convolution',
  lfm2_moe: 'short_convolution',
  mamba: 'mamba',
  mamba2: 'mamba2',
  minimax: 'linear_attention',
  nemotron_h: 'mamba2',
  olmo_hybrid: 'linear_attention',
  qwen3_5_moe_text: 'linear_attention',
  qwen3_5_text: 'linear_attention',
  qwen3_next: 'linear_attention',
  recurrent_gemma: 'gated_recurrence',
};

/** Types whose layers are a mixer and nothing else. */
const onlyMixers: ReadonlySet<string> = new Set(['mamba', 'mamba2', 'falcon_mamba']);

/** Types whose layers have no attention unless the config says which have. */
const withoutList: ReadonlySet<string> = new Set([...onlyMixers, 'bamba', 'granitemoehybrid']);

/** Every n-th layer has attention where the config does not say which. */
const usualInterval: Readonly<Record<string, number>> = {
  qwen3_5_moe_text: 4,
  qwen3_5_text: 4,
  qwen3_next: 4,
};

const otherWords = /^(?:linear_attention|mamba|conv|recurrent|hybrid)/;

/** Whether every word of the config's layers is one that its type explains. */
export function knowsLayers(config: HubConfig): boolean {
  const words = config.texts('layer_types') ?? config.texts('layers_block_type') ?? [];
  return Object.hasOwn(recurrences, config.type) || !words.some((word) => otherWords.test(word));
}

function mixersFor(type: string, word: string, isCross: boolean): MixerName[] | null {
  if (isCross) return ['cross_attention'];
  const recurrence = Object.hasOwn(recurrences, type) ? recurrences[type] : undefined;
  if (recurrence === undefined || !otherWords.test(word)) return null;
  return word === 'hybrid' ? ['attention', recurrence] : [recurrence];
}

function isCross(config: HubConfig, index: number): boolean {
  return config.counts('cross_attention_layers')?.includes(index) ?? false;
}

function singleMixer(word: string): Layer {
  if (word === 'mlp') return { mixers: [], mlp: 'dense' };
  if (word === 'moe') return { mixers: [], mlp: 'experts' };
  return word.includes('attention') && word !== 'linear_attention'
    ? { mixers: ['attention'], mlp: 'none' }
    : { mixers: ['mamba2'], mlp: 'none' };
}

function mlpAt(config: HubConfig, index: number): Pick<Layer, 'mlp'> {
  return hasExpertsAt(config, index) ? { mlp: 'experts' } : {};
}

/** Whether a layer has experts, by each of the ways in which configs say it. */
function hasExpertsAt(config: HubConfig, index: number): boolean {
  if ((expertCount(config) ?? 0) === 0) return false;
  const words = config.texts('mlp_layer_types');
  if (words !== null) return words[index] !== 'dense';
  const listed = config.counts('moe_layers') ?? enumerated(config.text('moe_layers_enum'));
  if (listed !== null) return listed.includes(index);
  const flags = config.counts('moe_layer_freq');
  if (flags !== null) return flags[index] === 1;
  if (config.counts('mlp_only_layers')?.includes(index) === true) return false;
  if (index < (config.count('first_k_dense_replace', 'num_dense_layers', 'moe_layer_start_index') ?? 0)) return false;
  // −1 is the last.
  const end = config.value('moe_layer_end_index');
  if (typeof end === 'number' && end >= 0 && index > end) return false;
  const period = config.count('expert_layer_period');
  if (period !== null && period > 0) return index % period === (config.count('expert_layer_offset') ?? 0);
  const step = config.count('decoder_sparse_step', 'interleave_moe_layer_step', 'moe_layer_interval');
  if (step !== null && step > 0) return (index + 1) % step === 0;
  const frequency = config.count('moe_layer_freq');
  return frequency === null || frequency === 0 || index % frequency === 0;
}

/** Step 3 writes its layers with experts as one text: "4,5,6". */
function enumerated(text: string | null): readonly number[] | null {
  return text === null ? null : text.split(',').map(Number);
}

/** Keys that count the routed experts of a layer. */
export const expertNames = [
  'num_local_experts',
  'num_experts',
  'n_routed_experts',
  'moe_num_experts',
  'num_moe_experts',
  'num_routed_experts',
] as const;

export function expertCount(config: HubConfig): number | null {
  return config.count(...expertNames);
}

/** Heads that differ from layer to layer (OpenELM). */
function headsAt(config: HubConfig, index: number): Layer {
  const heads = config.counts('num_query_heads')?.[index];
  const keyValueHeads = config.counts('num_kv_heads')?.[index];
  const width = openElmWidth(config, index);
  return {
    ...(heads === undefined ? {} : { numAttentionHeads: heads }),
    ...(keyValueHeads === undefined ? {} : { numKeyValueHeads: keyValueHeads }),
    ...(width === null ? {} : { intermediateSize: width }),
  };
}

/** A multiplier of the hidden size a layer, rounded to `ffn_dim_divisor` as PyTorch's make_divisible does. */
function openElmWidth(config: HubConfig, index: number): number | null {
  const multipliers = config.value('ffn_multipliers');
  const hidden = config.count('model_dim', 'hidden_size');
  const multiplier: unknown = Array.isArray(multipliers) ? multipliers[index] : null;
  if (typeof multiplier !== 'number' || hidden === null) return null;
  return divisible(multiplier * hidden, config.count('ffn_dim_divisor') ?? 256);
}

function divisible(value: number, divisor: number): number {
  const rounded = Math.max(divisor, Math.floor((value + divisor / 2) / divisor) * divisor);
  return rounded < 0.9 * value ? rounded + divisor : rounded;
}

/** Blocks that a search has made different or left out (Nemotron NAS, DeciLM: `block_configs`). */
function blocksOf(config: HubConfig): Layer[] | null {
  const blocks = config.maps('block_configs');
  if (blocks === null) return null;
  const hidden = config.count('hidden_size') ?? 0;
  const heads = config.count('num_attention_heads') ?? 1;
  return blocks.map((block) => {
    const attention = mapAt(block, 'attention');
    const ffn = mapAt(block, 'ffn');
    const isLinear = attention['replace_with_linear'] === true;
    const hasAttention = attention['no_op'] !== true && !isLinear;
    const perGroup = attention['n_heads_in_group'];
    const hasMlp = ffn['no_op'] !== true && ffn['replace_with_linear'] !== true;
    const linear = (isLinear ? hidden * hidden : 0) + (ffn['replace_with_linear'] === true ? hidden * hidden : 0);
    return {
      mixers: hasAttention ? ['attention' as const] : [],
      mlp: hasMlp ? ('dense' as const) : ('none' as const),
      normsPerLayer: (hasAttention || isLinear ? 1 : 0) + (ffn['no_op'] === true ? 0 : 1),
      ...(hasAttention && typeof perGroup === 'number' && perGroup > 0
        ? { numKeyValueHeads: Math.max(1, Math.round(heads / perGroup)) }
        : {}),
      ...(typeof ffn['ffn_mult'] === 'number' ? { intermediateSize: deciWidth(ffn['ffn_mult'], hidden) } : {}),
      ...(linear === 0 ? {} : { otherParameters: linear }),
    };
  });
}

/** Two thirds of the multiple, rounded up to 256 (DeciLM's released code). */
function deciWidth(multiple: number, hidden: number): number {
  return 256 * Math.ceil(Math.floor((2 * multiple * hidden) / 3) / 256);
}

function mapAt(map: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = Object.hasOwn(map, key) ? map[key] : null;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
