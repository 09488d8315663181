import type { MixerName } from '../../run/layer-kind.ts';
import type { HubConfig } from './hub-config.ts';
import type { Layer } from './layer.ts';

/** What mixes the tokens in a layer that the config calls `word`; null where it is attention alone. */
export function mixersFor(type: string, word: string, isCross: boolean): MixerName[] | null {
  if (isCross) return ['cross_attention'];
  const recurrence = Object.hasOwn(recurrences, type) ? recurrences[type] : undefined;
  if (recurrence === undefined || !otherWords.test(word)) return null;
  return word === 'hybrid' ? ['attention', recurrence] : [recurrence];
}

/** A layer of a type whose layers are a mixer or an MLP each (Nemotron-H). */
export function singleMixer(word: string): Layer {
  if (word === 'mlp') return { mixers: [], mlp: 'dense' };
  if (word === 'moe') return { mixers: [], mlp: 'experts' };
  return word.includes('attention') && word !== 'linear_attention'
    ? { mixers: ['attention'], mlp: 'none' }
    : { mixers: ['mamba2'], mlp: 'none' };
}

/** Whether every word of the config's layers is one that its type explains. */
export function knowsLayers(config: HubConfig): boolean {
  const words = config.texts('layer_types') ?? config.texts('layers_block_type') ?? [];
  return Object.hasOwn(recurrences, config.type) || !words.some((word) => otherWords.test(word));
}

/** Types whose layers are a mixer and nothing else. */
export const onlyMixers: ReadonlySet<string> = new Set(['mamba', 'mamba2', 'falcon_mamba']);

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

const otherWords = /^(?:linear_attention|mamba|conv|recurrent|hybrid)/;
