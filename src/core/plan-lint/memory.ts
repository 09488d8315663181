import { formatGib } from '../units/bytes.ts';
import { formatShare } from '../units/share.ts';
import type { PlanCheck } from './remark.ts';

/** Total memory must leave room on the card: an "80 GB" card leaves a process a little less than 80 GiB. */
export const checkCard: PlanCheck = ({ scales }, gpu) => {
  if (gpu === null) return [];
  const usableBytes = gpu.usableMemoryBytes ?? gpu.memoryBytes;
  return scales.flatMap(({ name, memoryBytes }) => {
    if (memoryBytes === null || memoryBytes.value < usableBytes) return [];
    const isBeyond = memoryBytes.value > gpu.memoryBytes;
    const message = isBeyond
      ? `${name} takes ${memoryBytes.text} a GPU, more than the ${gpu.name} has.`
      : `${name} takes ${memoryBytes.text} a GPU, all that the ${gpu.name} has: no run of this scale is sure to fit.`;
    const arithmetic = [
      `${memoryBytes.text} = ${formatGib(memoryBytes.value)}; a process can use ${formatGib(usableBytes)} of the ${formatGib(gpu.memoryBytes)}`,
    ];
    return [
      { rule: 'memory-at-limit', level: isBeyond ? 'error' : 'warning', place: memoryBytes.place, message, arithmetic },
    ];
  });
};

/** How far total memory may be from its parts: buffers, the CUDA context and rounding lie between. */
const tolerance = 0.25;

/** Model and activation memory must add up to the total. */
export const checkMemorySum: PlanCheck = ({ scales }) =>
  scales.flatMap(({ name, memoryBytes: total, modelMemoryBytes: model, activationMemoryBytes: activations }) => {
    if (total === null || model === null || activations === null) return [];
    const sum = model.value + activations.value;
    const gap = Math.abs(total.value - sum) / total.value;
    if (gap <= tolerance) return [];
    const message = `${name}'s model and activation memory are ${formatShare(gap)} of the total away from it.`;
    const arithmetic = [`${model.text} + ${activations.text} = ${formatGib(sum)}, the plan says ${total.text}`];
    return [{ rule: 'memory-sum', level: 'notice', place: total.place, message, arithmetic }];
  });
