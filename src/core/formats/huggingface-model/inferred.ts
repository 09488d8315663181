import type { RunField, RunValues } from '../../run/fields.ts';
import type { HubConfig } from './hub-config.ts';

/** One fact that the keys of a config make likely, and why; it is listed as an assumption. */
export interface Inference {
  readonly field: RunField;
  readonly value: RunValues[RunField];
  readonly reason: string;
}

/**
 * What the keys of a config say of a model whose type is not known. Configuration classes take the names of their keys
 * from each other, so that a key means the same in types that do not exist yet. What no key tells stays unsaid.
 */
export function inferredFrom(config: HubConfig, whole: HubConfig): Inference[] {
  return [
    gatedMlp(config),
    norm(config),
    positions(config),
    tying(config, whole),
    first(config, 'model.qk_norm', ['qk_norm', 'qk_layernorm', 'use_qk_layernorm', 'query_key_norm']),
    first(config, 'model.qkv_bias', ['add_qkv_bias', 'attention_qkv_bias']),
    sandwich(config),
    selectionBias(config),
  ].filter((inference) => inference !== null);
}

const gateFlags = ['use_gated_mlp', 'gated_mlp', 'use_glu', 'is_gated_act'];
const activationKeys = ['hidden_act', 'hidden_activation', 'activation_function', 'activation', 'mlp_hidden_act'];

/**
 * SiLU stands in a gate in every language model that transformers has, ReLU and its kin without one; GELU stands in
 * both: beside RMSNorm in a gate (Gemma), beside LayerNorm without one (GPT-2, StarCoder2).
 */
function gatedMlp(config: HubConfig): Inference | null {
  const flag = first(config, 'model.gated_mlp', gateFlags);
  const key = activationKeys.find((name) => config.text(name) !== null);
  if (flag !== null || key === undefined) return flag;
  const activation = (config.text(key) ?? '')
    .toLowerCase()
    .replaceAll(/[^\w-]/g, '')
    .slice(0, 40);
  const shown = `${key} is ${activation}`;
  const say = (value: boolean, why: string): Inference => ({ field: 'model.gated_mlp', value, reason: shown + why });
  if (activation.includes('glu')) return say(true, ', which has a gate');
  if (/silu|swish/.test(activation)) return say(true, '; published types have it in a gate');
  if (/relu|xielu/.test(activation)) return say(false, '; published types have it without a gate');
  const beside = norm(config)?.value;
  if (!activation.includes('gelu') || beside === undefined) return null;
  return beside === 'rmsnorm'
    ? say(true, ' beside RMSNorm, as in Gemma')
    : say(false, ' beside LayerNorm, as in GPT-2');
}

function norm(config: HubConfig): Inference | null {
  const named = config.text('norm_type') ?? config.text('normalization') ?? config.text('normalization_type');
  const key = config.names().find((name) => /^(?:rms_?norm|layer_?norm)(?:_rms)?_eps(?:ilon)?$/.test(name));
  const sign = key ?? (named === null ? null : named.toLowerCase());
  if (sign === null) return null;
  if (sign.includes('rms')) return { field: 'model.norm', value: 'rmsnorm', reason: reasonOf(key ?? 'norm_type') };
  if (/^layer_?norm/.test(sign))
    return { field: 'model.norm', value: 'layernorm', reason: reasonOf(key ?? 'norm_type') };
  return null;
}

function positions(config: HubConfig): Inference {
  const say = (value: RunValues['model.position_embedding'], reason: string): Inference => {
    return { field: 'model.position_embedding', value, reason };
  };
  const rotary = config.names().find((name) => /^(?:rope|rotary|partial_rotary)(?:_|$)/.test(name));
  if (rotary !== undefined) return say('rope', reasonOf(rotary));
  if (config.flag('alibi', 'use_alibi') === true) return say('alibi', reasonOf('alibi'));
  const type = config.text('position_embedding_type') ?? '';
  if (/learned|absolute/.test(type)) return say('learned', reasonOf('position_embedding_type'));
  if (type.includes('alibi')) return say('alibi', reasonOf('position_embedding_type'));
  return say('rope', 'not stated; most decoders since 2023 use it');
}

/** transformers 4 leaves a key out where it has the value of PretrainedConfig, which is true here (to_diff_dict). */
function tying(config: HubConfig, whole: HubConfig): Inference | null {
  const isWritten = [config, whole].some((one) => one.written('tie_word_embeddings') !== undefined);
  const isLeftOut = (whole.text('transformers_version') ?? '').startsWith('4.');
  if (isWritten || !isLeftOut) return null;
  const reason = 'not stated; transformers 4 leaves it out where it is true';
  return { field: 'model.tie_word_embeddings', value: true, reason };
}

/** A norm before and behind attention and MLP each. */
function sandwich(config: HubConfig): Inference | null {
  const key = ['sandwich_norm', 'use_sandwich_norm'].find((name) => config.flag(name) === true);
  return key === undefined ? null : { field: 'model.norms_per_layer', value: 4, reason: reasonOf(key) };
}

/** What balances the experts without a loss (DeepSeek-V3, arXiv 2412.19437 §2.1.2) is one value an expert. */
function selectionBias(config: HubConfig): Inference | null {
  if (config.text('topk_method') === 'noaux_tc') {
    return { field: 'model.moe.router_bias', value: true, reason: reasonOf('topk_method') };
  }
  return first(config, 'model.moe.router_bias', ['moe_router_enable_expert_bias', 'use_expert_bias']);
}

function first(config: HubConfig, field: RunField, keys: readonly string[]): Inference | null {
  const key = keys.find((name) => config.flag(name) !== null);
  return key === undefined ? null : { field, value: config.flag(key) ?? false, reason: reasonOf(key) };
}

function reasonOf(key: string): string {
  return `inferred from ${key}: the model type is not known`;
}
