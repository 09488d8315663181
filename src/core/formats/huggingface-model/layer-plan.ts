import type { LayerKind } from '../../run/layer-kind.ts';
import { expertCount, hasExpertsAt } from './expert-layers.ts';
import type { HubConfig } from './hub-config.ts';
import { headsAt } from './layer-heads.ts';
import { mixersFor, onlyMixers, singleMixer } from './layer-mixers.ts';
import { layerWord, patternOf } from './layer-words.ts';
import type { Layer } from './layer.ts';
import { blocksOf } from './searched-blocks.ts';

/** The layers of a model by their kinds; null where its plain fields say it all. */
export function layerPlan(config: HubConfig): LayerKind[] | null {
  const listed = config.texts('layers_block_type') ?? patternOf(config);
  const numLayers = config.count('num_hidden_layers', 'n_layer', 'n_layers', 'num_layers') ?? listed?.length ?? null;
  if (numLayers === null || numLayers === 0 || numLayers > 10_000) return null;
  const layers = blocksOf(config) ?? Array.from({ length: numLayers }, (_, index) => layerAt(config, index));
  return isPlain(layers, config) ? null : grouped(layers);
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

function mlpAt(config: HubConfig, index: number): Pick<Layer, 'mlp'> {
  return hasExpertsAt(config, index) ? { mlp: 'experts' } : {};
}

function isCross(config: HubConfig, index: number): boolean {
  return config.counts('cross_attention_layers')?.includes(index) ?? false;
}

/** Layers alike together, in the order in which each kind first appears. */
function grouped(layers: readonly Layer[]): LayerKind[] {
  const kinds = new Map<string, LayerKind>();
  for (const layer of layers) {
    const key = JSON.stringify(layer);
    kinds.set(key, { ...layer, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()];
}
