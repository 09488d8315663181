import { formatCount } from '../units/count.ts';
import { scaleTolerance } from '../plan/plan.ts';
import type { PlanCheck } from './remark.ts';

/** The model that the plan starts from must belong to its smallest scale. */
export const checkBaseline: PlanCheck = ({ scales, baseline }) => {
  const hidden = baseline['model.hidden_size'];
  const layers = baseline['model.num_layers'];
  const [smallest] = scales;
  if (hidden?.place == null || layers === undefined || smallest === undefined) return [];
  const [h, l] = [hidden.value, layers.value];
  // Attention 4·h² where every head has its own keys, an MLP of two matrices (Kaplan et al. 2020, arXiv 2001.08361, table 1)
  const heads = baseline['model.num_attention_heads']?.value ?? 1;
  const attention = 2 * h * h * (1 + (baseline['model.num_key_value_heads']?.value ?? heads) / heads);
  const intermediate = baseline['model.intermediate_size']?.value ?? 4 * h;
  const parameters = l * (attention + 2 * h * intermediate);
  if (parameters <= smallest.parameters.value * scaleTolerance) return [];
  const message =
    `The baseline has at least ${formatCount(parameters)} parameters: it is larger than ${smallest.name}, the smallest scale, ` +
    `with ${smallest.parameters.text} and a tolerance of 25%.`;
  const isPlain = parameters === 12 * l * h * h;
  const arithmetic = [
    isPlain
      ? `12 × ${l} layers × ${h}² = ${formatCount(parameters)}, embeddings not counted`
      : `${l} layers × (${formatCount(attention)} of attention + 2 × ${h} × ${intermediate} of MLP) = ${formatCount(parameters)}, embeddings not counted`,
    `${smallest.parameters.text} × 1.25 = ${formatCount(smallest.parameters.value * scaleTolerance)}`,
  ];
  return [{ rule: 'baseline-scale', level: 'warning', place: hidden.place, message, arithmetic }];
};
