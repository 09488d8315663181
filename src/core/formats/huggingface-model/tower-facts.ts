import type { HubConfig } from './hub-config.ts';
import type { Implied } from './implied.ts';
import { visionTower } from './vision-towers.ts';

/** Vision towers that are trained alone: a model without vocabulary, whose sequence are the patches of an image. */
const alone: ReadonlySet<string> = new Set(['clip_vision_model', 'siglip_vision_model', 'vit', 'dinov2']);

export function towerFacts(config: HubConfig): Implied | null {
  const tower = alone.has(config.type) ? visionTower(config) : null;
  if (tower === null) return null;
  const { hiddenSize, numLayers, otherLayerParameters = 0 } = tower;
  return {
    'model.hidden_size': hiddenSize,
    'model.num_layers': numLayers,
    'model.num_attention_heads': tower.numAttentionHeads,
    'model.intermediate_size': tower.intermediateSize,
    'model.vocab_size': 0,
    'model.max_position_embeddings': tower.tokens ?? 1,
    'model.gated_mlp': false,
    'model.norm': 'layernorm',
    'model.position_embedding': 'none',
    'model.tie_word_embeddings': true,
    'model.attention_bias': true,
    'model.mlp_bias': true,
    'model.causal': false,
    'model.other_parameters': (tower.embeddingParameters ?? 0) + numLayers * otherLayerParameters,
  };
}
