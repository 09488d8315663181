import type { HubConfig } from './hub-config.ts';
import type { Implied } from './implied.ts';

/** Dimensions of state-space layers and of linear attention, by the names that the configuration classes give them. */
export function mixerFacts(config: HubConfig): Implied {
  return { ...mamba(config), ...linearAttention(config) };
}

function mamba(config: HubConfig): Implied {
  const stateSize = config.count('mamba_d_state', 'ssm_state_size', 'state_size');
  if (stateSize === null) return {};
  const hidden = config.count('hidden_size', 'd_model') ?? 0;
  const expand = config.count('mamba_expand', 'expand') ?? 2;
  const heads =
    config.count('mamba_n_heads', 'mamba_num_heads', 'n_mamba_heads') ??
    (config.type === 'mamba2' ? config.count('num_heads') : null);
  const headDim = config.count('mamba_head_dim');
  const ofHeads = heads !== null && headDim !== null ? heads * headDim : null;
  const inner = config.count('mamba_d_ssm') ?? ofHeads ?? expand * hidden;
  const rank = config.count('mamba_dt_rank', 'time_step_rank');
  const groups = config.count('mamba_n_groups', 'n_groups', 'mamba_ngroups');
  const chunk = config.count('mamba_chunk_size', 'chunk_size');
  const outputNorm = config.flag('mamba_rms_norm');
  return {
    'model.mamba.d_inner': inner,
    'model.mamba.d_state': stateSize,
    'model.mamba.d_conv': config.count('mamba_d_conv', 'conv_kernel') ?? 4,
    'model.mamba.conv_bias': config.flag('mamba_conv_bias', 'use_conv_bias') ?? true,
    'model.mamba.proj_bias': config.flag('mamba_proj_bias', 'use_bias') ?? false,
    ...(rank === null ? {} : { 'model.mamba.dt_rank': rank }),
    ...(heads === null ? {} : { 'model.mamba.n_heads': heads }),
    ...(groups === null ? {} : { 'model.mamba.n_groups': groups }),
    ...(chunk === null ? {} : { 'model.mamba.chunk_size': chunk }),
    ...(outputNorm === null ? {} : { 'model.mamba.output_norm': outputNorm }),
  };
}

function linearAttention(config: HubConfig): Implied {
  const kimi = config.part(['linear_attn_config'], '');
  const keyHeads = config.count('linear_num_key_heads', 'linear_num_heads') ?? kimi?.count('num_heads') ?? null;
  const headDim = config.count('linear_key_head_dim', 'linear_head_dim') ?? kimi?.count('head_dim') ?? null;
  if (config.type === 'minimax') return lightning(config);
  if (keyHeads === null || headDim === null) return {};
  return {
    'model.linear_attention.num_key_heads': kimi?.count('num_heads') ?? keyHeads,
    'model.linear_attention.key_head_dim': kimi?.count('head_dim') ?? headDim,
    'model.linear_attention.num_value_heads': config.count('linear_num_value_heads') ?? keyHeads,
    'model.linear_attention.value_head_dim': config.count('linear_value_head_dim') ?? headDim,
    'model.linear_attention.conv_kernel':
      kimi?.count('short_conv_kernel_size') ?? config.count('linear_conv_kernel_dim') ?? 4,
  };
}

/** As many heads and as wide as those with softmax. */
function lightning(config: HubConfig): Implied {
  const heads = config.count('num_attention_heads') ?? 1;
  const headDim = config.count('head_dim') ?? (config.count('hidden_size') ?? 0) / heads;
  return { 'model.linear_attention.num_key_heads': heads, 'model.linear_attention.key_head_dim': headDim };
}
