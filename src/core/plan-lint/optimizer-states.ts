import type { GpuSpec } from '../run/hardware.ts';
import { formatGib } from '../units/bytes.ts';
import type { Figure, Scale } from '../plan/plan.ts';
import type { Correction, PlanCheck } from './remark.ts';

/**
 * Mixed precision with Adam keeps 16 bytes a parameter: 2 of weights, 2 of gradients, 12 of fp32 master weights and two
 * moments (ZeRO, Rajbhandari et al. 2020, arXiv 1910.02054, §3.1).
 */
const bytesPerParameter = 16;
/** Below three quarters of that, something is left out rather than rounded. */
const tolerance = 0.75;

/** Model memory must hold gradients and optimizer states too, not the weights alone. Said once, with every row's figures. */
export const checkOptimizerStates: PlanCheck = ({ scales }, gpu) => {
  const rows = scales.flatMap((scale) => {
    const { modelMemoryBytes: model, parameters } = scale;
    return model === null || model.value >= tolerance * bytesPerParameter * parameters.value ? [] : [{ scale, model }];
  });
  const [first] = rows;
  if (first === undefined) return [];
  const bytes = rows.map(({ scale, model }) => Math.round(model.value / scale.parameters.value));
  const [low, high] = [Math.min(...bytes), Math.max(...bytes)];
  const message =
    `Model memory is ${low === high ? low : `${low} to ${high}`} bytes a parameter, the weights alone: gradients and optimizer ` +
    `states are left out. Mixed-precision AdamW takes ${bytesPerParameter} bytes a parameter where nothing is sharded.`;
  const arithmetic = rows.map(({ scale, model }) => lineOf(scale, model, gpu));
  const corrections = rows.map(({ scale, model }) => correctionsOf(scale, model));
  return [{ rule: 'optimizer-states', level: 'warning', place: first.model.place, message, arithmetic, corrections }];
};

/** All states in place of the weights alone, and the total with what they are more. */
function correctionsOf({ name, parameters, memoryBytes: total }: Scale, model: Figure): Correction[] {
  const stateBytes = bytesPerParameter * parameters.value;
  const states = {
    figure: model,
    value: stateBytes,
    reason: `model memory of ${name}: ${bytesPerParameter} bytes a parameter`,
  };
  if (total === null) return [states];
  const value = total.value + stateBytes - model.value;
  return [states, { figure: total, value, reason: `memory of ${name} with its gradients and optimizer states` }];
}

function lineOf({ name, parameters, activationMemoryBytes }: Scale, model: Figure, gpu: GpuSpec | null): string {
  const perParameter = (model.value / parameters.value).toLocaleString('en-US', { maximumFractionDigits: 1 });
  const stateBytes = bytesPerParameter * parameters.value;
  const start =
    `${name}: ${model.text} / ${parameters.text} = ${perParameter} bytes; ` +
    `${bytesPerParameter} bytes × ${parameters.text} = ${formatGib(stateBytes)}`;
  if (activationMemoryBytes === null) return start;
  const total = stateBytes + activationMemoryBytes.value;
  const usable = gpu?.usableMemoryBytes ?? gpu?.memoryBytes ?? Infinity;
  const over = total > usable ? `, more than the card's ${formatGib(usable)}` : '';
  return `${start}, with ${activationMemoryBytes.text} of activations ${formatGib(total)}${over}`;
}
