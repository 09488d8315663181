import { z } from 'zod';
import type { TrainingRun } from '../../../run/training-run.ts';
import { formatGib } from '../../../units/bytes.ts';
import { causeOf, lineOf } from '../../cause.ts';
import { isOldViolation } from '../../old-violation.ts';
import { defineRule, type Complaint, type EstimatedRun, type MemoryLimit, type RunPair } from '../../rule.ts';
import { reasonUnknown } from '../../unknown.ts';

export const MemoryLimitOptions = z.strictObject({
  limit_gib: z
    .number()
    .gt(0)
    .max(100_000)
    .optional()
    .describe("The limit in GiB, instead of the plan's GPU; a run's own smaller GPU still counts"),
});

export const memoryLimit = defineRule({
  name: 'memory-limit',
  summary: 'Peak memory per GPU stays within what the GPU can give.',
  level: 'error',
  options: MemoryLimitOptions,
  checkPair(pair) {
    if (pair.head === null) return [];
    const { limit, estimate } = pair.head;
    if (limit === null) return [withoutLimit(pair)];
    if (estimate.memory === null) return [unknownMemory(pair, pair.head)];
    const { peakBytes, highBytes } = estimate.memory;
    if (!(peakBytes <= limit.usableBytes)) return [overLimit(pair, pair.head, limit, peakBytes)];
    if (!(highBytes <= limit.usableBytes)) return [maybeOverLimit(pair, pair.head.run, limit, peakBytes, highBytes)];
    return [];
  },
});

function withoutLimit(pair: RunPair): Complaint {
  return {
    place: lineOf(pair, ['hardware.gpu', 'model.id', 'model.hidden_size']),
    message: 'No GPU is known for this run, so there is no limit to hold its memory against.',
    action:
      "State hardware.gpu in the config, in the policy's assumptions or in the plan, or set limit_gib for this rule.",
  };
}

function unknownMemory(pair: RunPair, head: EstimatedRun): Complaint {
  return {
    place: causeOf(pair, 'memoryBytes'),
    message: `Peak memory per GPU can't be known: ${reasonUnknown(head, 'memory')}.`,
    action: "Add what is missing to the config, or to the policy's assumptions for it.",
  };
}

function overLimit(pair: RunPair, head: EstimatedRun, limit: MemoryLimit, peakBytes: number): Complaint {
  const over = peakBytes - limit.usableBytes;
  const isOld = wasOver(pair, limit, peakBytes);
  const old = isOld ? ' The base is over it already, and this pull request does not add to it.' : '';
  return {
    place: causeOf(pair, 'memoryBytes'),
    message: `Peak memory per GPU is ${formatGib(peakBytes)}, ${formatGib(over)} over ${describe(limit)}.${old}`,
    action: waysDown(head.run),
    ...(isOld && { level: 'warning' }),
  };
}

function maybeOverLimit(pair: RunPair, run: TrainingRun, limit: MemoryLimit, peak: number, high: number): Complaint {
  return {
    place: causeOf(pair, 'memoryBytes'),
    message: `Peak memory per GPU is ${formatGib(peak)}, but may reach ${formatGib(high)}, over ${describe(limit)}.`,
    action: `Leave more room, or measure a few steps first. ${waysDown(run)}`,
    level: 'warning',
  };
}

/** A base that was over its limit excuses a head that needs no more, under a limit that is no tighter. */
function wasOver(pair: RunPair, limit: MemoryLimit, peakBytes: number): boolean {
  const basePeak = pair.base?.estimate.memory?.peakBytes ?? null;
  const baseUsable = pair.base?.limit?.usableBytes ?? Infinity;
  return limit.usableBytes >= baseUsable && isOldViolation(basePeak, peakBytes, baseUsable);
}

function describe({ limitBytes, usableBytes, source }: MemoryLimit): string {
  if (limitBytes === usableBytes) return `the limit of ${formatGib(limitBytes)} (${source})`;
  return `the ${formatGib(usableBytes)} usable of ${formatGib(limitBytes)} (${source})`;
}

/** What the run does not do yet and would lower its peak, the cheapest first. */
function waysDown({ training, parallelism }: TrainingRun): string {
  const isReplicated = parallelism.sharding === 'none' || parallelism.sharding === 'ddp';
  const ways = [
    ...(training.activationCheckpointing === 'none' ? ['turn on activation checkpointing'] : []),
    ...(training.microBatchSize > 1 ? [`lower the micro batch size (${training.microBatchSize})`] : []),
    ...(isReplicated ? ['shard the model over the GPUs (ZeRO-3, FSDP)'] : []),
    ...(training.flashAttention ? [] : ['use flash attention']),
    ...(training.fusedLoss ? [] : ['use a fused loss']),
  ];
  const [first = 'use more tensor or pipeline parallelism', ...others] = ways.slice(0, 3);
  return `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join(', or ')}.`;
}
