import type { HubConfig } from './hub-config.ts';
import { onlyMixers } from './layer-mixers.ts';

/** What the config calls a layer; types without a list follow their class (transformers, configuration files). */
export function layerWord(config: HubConfig, index: number): string {
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

/** Every n-th layer has attention where the config does not say which. */
const usualInterval: Readonly<Record<string, number>> = {
  qwen3_5_moe_text: 4,
  qwen3_5_text: 4,
  qwen3_next: 4,
};

/** Types whose layers have no attention unless the config says which have. */
const withoutList: ReadonlySet<string> = new Set([...onlyMixers, 'bamba', 'granitemoehybrid']);

/** Nemotron-H's pattern: M for Mamba-2, * for attention, - for an MLP, E for experts. */
export function patternOf(config: HubConfig): readonly string[] | null {
  const pattern = config.text('hybrid_override_pattern');
  if (pattern === null) return null;
  const words: Readonly<Record<string, string>> = { M: 'mamba', '*': 'attention', '-': 'mlp', E: 'moe' };
  return pattern.split('').flatMap((letter) => words[letter] ?? []);
}
