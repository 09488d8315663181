import type { HubConfig } from './hub-config.ts';

/** Keys that count the routed experts of a layer. */
export const expertNames = [
  'num_local_experts',
  'num_experts',
  'n_routed_experts',
  'moe_num_experts',
  'num_moe_experts',
  'num_routed_experts',
] as const;

export function expertCount(config: HubConfig): number | null {
  return config.count(...expertNames);
}

/** Whether a layer has experts, by each of the ways in which configs say it. */
export function hasExpertsAt(config: HubConfig, index: number): boolean {
  if ((expertCount(config) ?? 0) === 0) return false;
  const words = config.texts('mlp_layer_types');
  if (words !== null) return words[index] !== 'dense';
  const listed = config.counts('moe_layers') ?? enumerated(config.text('moe_layers_enum'));
  if (listed !== null) return listed.includes(index);
  const flags = config.counts('moe_layer_freq');
  if (flags !== null) return flags[index] === 1;
  if (config.counts('mlp_only_layers')?.includes(index) === true) return false;
  if (index < (config.count('first_k_dense_replace', 'num_dense_layers', 'moe_layer_start_index') ?? 0)) return false;
  // −1 is the last.
  const end = config.value('moe_layer_end_index');
  if (typeof end === 'number' && end >= 0 && index > end) return false;
  const period = config.count('expert_layer_period');
  if (period !== null && period > 0) return index % period === (config.count('expert_layer_offset') ?? 0);
  const step = config.count('decoder_sparse_step', 'interleave_moe_layer_step', 'moe_layer_interval');
  if (step !== null && step > 0) return (index + 1) % step === 0;
  const frequency = config.count('moe_layer_freq');
  return frequency === null || frequency === 0 || index % frequency === 0;
}

/** Step 3 writes its layers with experts as one text: "4,5,6". */
function enumerated(text: string | null): readonly number[] | null {
  return text === null ? null : text.split(',').map(Number);
}
