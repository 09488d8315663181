import type { RunField } from '../run/fields.ts';
import type { ModelShape, Peculiarity } from '../run/model-shape.ts';
import type { Ledger } from './ledger.ts';

/** In what a model differs from most. */
export function peculiaritiesOf(ledger: Ledger): Pick<ModelShape, 'peculiarities'> {
  const peculiarities = peculiar
    .filter(([field, value]) => ledger.stated(field) === value)
    .map(([, , peculiarity]) => peculiarity);
  return peculiarities.length === 0 ? {} : { peculiarities };
}

/** What a field must be for the model to have a peculiarity, where most models have it otherwise. */
const peculiar = [
  ['model.norm_weights', false, 'weightless-norm'],
  ['model.norm_bias', false, 'bias-free-norm'],
  ['model.final_norm', false, 'no-final-norm'],
  ['model.embedding_norm', true, 'embedding-norm'],
  ['model.qk_norm_all_heads', true, 'full-width-qk-norm'],
  ['model.head_bias', true, 'head-bias'],
  ['model.key_bias', false, 'unbiased-keys'],
  ['model.attention_gate', true, 'attention-gate'],
  ['model.attention_sinks', true, 'attention-sinks'],
  ['model.fused_projections', true, 'fused-projections'],
  ['model.logit_softcapping', true, 'softcapped-logits'],
  ['model.attention_softcapping', true, 'softcapped-scores'],
  ['model.composite_gelu', true, 'composite-gelu'],
  ['model.keys_as_values', true, 'keys-as-values'],
  ['model.causal', false, 'bidirectional'],
  ['model.moe.router_bias', true, 'router-bias'],
  ['model.moe.shared_expert_gate', true, 'shared-expert-gate'],
] as const satisfies readonly (readonly [RunField, boolean, Peculiarity])[];
