import { latentMatrices, weights } from '../../run/matrices.ts';
import { parameterGroups, type LayerGroups } from '../../run/parameters.ts';
import type { ModelShape } from '../../run/model-shape.ts';
import type { Training } from '../../run/training.ts';
import { trainerTraits } from '../trainer-traits.ts';

/** Shares of a layer's forward pass that activation checkpointing runs a second time. */
export interface RecomputedShares {
  readonly matrices: number;
  readonly attention: number;
  /** Norms, activations and residuals. */
  readonly elementwise: number;
}

/**
 * Full checkpointing runs the layer again. Megatron's selective one only attention (arXiv 2205.05198 §5) or the modules
 * that are named (Megatron Core, `recompute_modules`), torchtitan's every second matrix product, but not attention
 * (torchtitan, activation checkpointing policy).
 */
export function recomputedShares(model: ModelShape, training: Training): RecomputedShares {
  switch (training.activationCheckpointing) {
    case 'none':
      return { matrices: 0, attention: 0, elementwise: 0 };
    case 'full':
    case 'unknown':
      return { matrices: 1, attention: 1, elementwise: 1 };
    case 'selective':
      if (training.recomputeModules.length > 0) return ofModules(model, training.recomputeModules);
      return trainerTraits(training.trainer).selectivePolicy === 'all-but-scores'
        ? { matrices: 0, attention: 1, elementwise: 0 }
        : { matrices: 0.5, attention: 0, elementwise: 1 };
  }
}

function ofModules(model: ModelShape, modules: Training['recomputeModules']): RecomputedShares {
  const { layers } = parameterGroups(model);
  const ofAll = (weightsOf: (layer: LayerGroups) => number): number =>
    layers.reduce((sum, layer) => sum + layer.count * weightsOf(layer), 0);
  const dense = ofAll(({ denseMlp }) => denseMlp);
  const routed = ofAll(({ expertsPerToken, expert }) => expertsPerToken * expert);
  const shared = ofAll(({ sharedExperts }) => sharedExperts);
  const attention = ofAll(({ queryOutput, keyValue, latent }) => queryOutput + keyValue + latent);
  const again =
    (modules.includes('mlp') ? dense : 0) +
    (modules.includes('moe') ? routed + shared : modules.includes('shared_experts') ? shared : 0) +
    (modules.includes('mla_up_proj') ? model.numLayers * upProjections(model) : 0);
  // Norms, activations and residuals are moved in four parts: two norms, the activation and the residual stream.
  const isElementwise = ['layernorm', 'mlp', 'moe', 'moe_act'] as const;
  return {
    matrices: again / (dense + routed + shared + attention),
    attention: modules.includes('core_attn') ? 1 : 0,
    elementwise: Math.min(1, modules.filter((module) => isElementwise.some((other) => other === module)).length / 4),
  };
}

function upProjections(model: ModelShape): number {
  if (model.latentAttention === undefined) return 0;
  return latentMatrices(model, model.latentAttention).up.reduce((sum, matrix) => sum + weights(matrix), 0);
}
