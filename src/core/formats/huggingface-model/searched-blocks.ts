import type { HubConfig } from './hub-config.ts';
import type { Layer } from './layer.ts';

/** Blocks that a search has made different or left out (Nemotron NAS, DeciLM: `block_configs`). */
export function blocksOf(config: HubConfig): Layer[] | null {
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
