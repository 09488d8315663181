import type { HubConfig } from './hub-config.ts';
import type { Layer } from './layer.ts';

/** Heads that differ from layer to layer (OpenELM). */
export function headsAt(config: HubConfig, index: number): Layer {
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
