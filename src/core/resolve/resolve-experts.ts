import type { MoeShape } from '../run/model-shape.ts';
import type { Ledger } from './ledger.ts';

/** The experts of a model; null where it has none. */
export function moeOf(ledger: Ledger, numLayers: number): MoeShape | null {
  const numExperts = ledger.stated('model.moe.num_experts');
  if (numExperts === null) return null;
  const expertsPerToken = ledger.value('model.moe.experts_per_token', 2, 'not stated; top-2 routing');
  if (expertsPerToken > numExperts) {
    ledger.problem(
      'contradiction',
      'model.moe.experts_per_token',
      `A token cannot visit ${expertsPerToken} of ${numExperts} experts.`,
      'State at most num_experts.',
    );
  }
  const dense = ledger.valueOr('model.moe.first_dense_layers', 0);
  // DeepSeek counts from the first expert layer, Qwen and Jamba every n-th: both leave ⌊(layers − dense) / every⌋.
  const expertLayers = Math.max(0, Math.floor((numLayers - dense) / Math.max(1, ledger.valueOr('model.moe.every', 1))));
  const intermediateSize =
    ledger.stated('model.moe.intermediate_size') ??
    ledger.value(
      'model.intermediate_size',
      4 * (ledger.stated('model.hidden_size') ?? 0),
      'not stated; 4 × hidden_size',
    );
  const capacityFactor = ledger.stated('model.moe.capacity_factor');
  return {
    numExperts,
    expertsPerToken: Math.min(expertsPerToken, numExperts),
    intermediateSize,
    sharedExperts: ledger.valueOr('model.moe.shared_experts', 0),
    sharedIntermediateSize: ledger.stated('model.moe.shared_intermediate_size') ?? intermediateSize,
    expertLayers,
    ...(capacityFactor === null ? {} : { capacityFactor }),
  };
}
