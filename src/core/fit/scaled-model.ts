import type { ModelShape } from '../run/model-shape.ts';
import type { Parallelism } from '../run/parallelism.ts';
import type { Changes } from './ask.ts';

/**
 * A model of the same proportions with so many query heads: heads keep their width and their number a key/value head,
 * the MLP its width over the hidden size, and the layers grow as the width does (aspect ratio, arXiv 2001.08361, fig. 5:
 * the loss hardly depends on it). Null for models whose layers are not all alike, and numbers of heads that come out
 * uneven.
 */
export function scaledModel(
  model: ModelShape,
  heads: number,
  { tensor, pipeline, virtualPipeline }: Parallelism,
): Changes | null {
  const { latentAttention, layers, mamba, linearAttention, towers, moe } = model;
  if ([latentAttention, layers, mamba, linearAttention, towers].some((part) => part !== undefined)) return null;
  const shared = model.numAttentionHeads / model.numKeyValueHeads;
  if (heads % shared !== 0 || heads % tensor !== 0) return null;
  const times = heads / model.numAttentionHeads;
  const stages = pipeline * virtualPipeline;
  const widthOf = (width: number): number => Math.max(1, Math.round((width * times) / 64)) * 64;
  return {
    'model.hidden_size': Math.round(model.hiddenSize * times),
    'model.num_attention_heads': heads,
    'model.num_key_value_heads': heads / shared,
    'model.head_dim': model.headDim,
    'model.intermediate_size': widthOf(model.intermediateSize),
    'model.num_layers': Math.max(1, Math.round((model.numLayers * times) / stages)) * stages,
    ...(moe === null ? {} : { 'model.moe.intermediate_size': widthOf(moe.intermediateSize) }),
  };
}
