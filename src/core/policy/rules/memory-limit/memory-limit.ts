import { z } from 'zod';
import type { AssumedFact } from '../../../estimate/estimate.ts';
import type { TrainingRun } from '../../../run/training-run.ts';
import { formatGib } from '../../../units/bytes.ts';
import { formatOdds } from '../../../units/odds.ts';
import { causeOf } from '../../cause.ts';
import { memoryVerdict, type MemoryVerdict } from '../../memory-verdict.ts';
import { defineRule, type Complaint, type EstimatedRun, type MemoryLimit } from '../../rule.ts';

export const MemoryLimitOptions = z.strictObject({
  limit_gib: z
    .number()
    .gt(0)
    .max(100_000)
    .optional()
    .describe('The most in GiB that a run may take; a smaller GPU still counts'),
});

export const memoryLimit = defineRule({
  name: 'memory-limit',
  summary: 'Peak memory per GPU stays within what the GPU can give.',
  level: 'error',
  options: MemoryLimitOptions,
  checkPair(pair) {
    const { head } = pair;
    if (head === null) return [];
    const verdict = memoryVerdict(head);
    if (verdict.kind === 'not-judged') return head.subject === 'not-estimated' ? [{ unknown: 'memoryBytes' }] : [];
    if (verdict.kind === 'unknown') return [{ unknown: 'memoryBytes' }];
    const said = say(verdict, head);
    if (said === null) return [];
    const { peakBytes = 0 } = head.estimate.memory ?? {};
    const badness = peakBytes / (head.limit?.usableBytes ?? Infinity);
    return [{ cause: 'memory', badness, place: causeOf(pair, 'memoryBytes'), ...said }];
  },
});

type Said = Pick<Complaint, 'message' | 'action' | 'level'>;

function say(verdict: MemoryVerdict, { run, estimate, limit }: EstimatedRun): Said | null {
  const { memory } = estimate;
  if (memory === null || limit === null) return null;
  const needs = `Peak memory per GPU is ${formatGib(memory.peakBytes)}`;
  switch (verdict.kind) {
    case 'over': {
      const over = formatGib(memory.peakBytes - limit.usableBytes);
      const said = { message: `${needs}, ${over} over ${describe(limit)}.`, action: waysDown(run) };
      return limit.assumed === undefined ? said : withoutGpu(said, limit, 'warning');
    }
    case 'over-as-assumed':
    case 'fits-as-assumed': {
      const message = `${needs} ${describeReadings(run, verdict.deciding)}. ${limitIs(limit)}.`;
      return withoutGpu({ message, action: settle(verdict.deciding), level: 'warning' }, limit);
    }
    case 'over-unless-all': {
      const best = `${formatGib(verdict.bestPeakBytes)} if all that is not stated is at its best`;
      return withoutGpu(
        {
          message: `${needs} as read, ${best}. ${limitIs(limit)}.`,
          action: settle(verdict.deciding),
          level: 'warning',
        },
        limit,
      );
    }
    case 'may-not-fit':
      return withoutGpu(
        {
          message:
            `${needs} (${formatGib(memory.lowBytes)} to ${formatGib(memory.highBytes)}). ` +
            `${limitIs(limit)}; ${formatOdds(verdict.probability)} such runs do not fit.`,
          action: `Leave more room, or measure a few steps first. ${waysDown(run)}`,
          level: 'warning',
        },
        limit,
      );
    case 'fits':
      if (limit.assumed === undefined) return null;
      return withoutGpu({ message: `${needs}, within ${describe(limit)}.`, action: '', level: 'notice' }, limit);
    case 'unknown':
    case 'not-judged':
      return null;
  }
}

/** Where no GPU is known: the smallest that would do, and how to name one. */
function withoutGpu(said: Said, { assumed }: MemoryLimit, level = said.level): Said {
  if (assumed === undefined) return said;
  const fitting = assumed.smallestGpus;
  const smallest =
    fitting.length === 0 ? 'No GPU of the catalog holds it.' : `The smallest GPUs that hold it: ${fitting.join(', ')}.`;
  return {
    ...said,
    message: `${said.message} ${smallest}`,
    action: `${said.action} State hardware.gpu in the config or in the policy's assumptions.`.trim(),
    ...(level && { level }),
  };
}

/** `85.4 GiB if each GPU holds the whole model, 17.2 GiB with ZeRO-3`, after the first figure. */
function describeReadings({ facts }: TrainingRun, deciding: readonly AssumedFact[]): string {
  const [first, ...others] = deciding.slice(0, 2);
  if (first === undefined) return '';
  const more = others.map(({ otherwise, peakBytes }) => `, ${formatGib(peakBytes)} ${otherwise}`).join('');
  const source = facts[first.field]?.authority === 'default' ? "the trainer's default" : 'assumed';
  return `${first.taken} (${source}), ${formatGib(first.peakBytes)} ${first.otherwise}${more}`;
}

/** The one line that decides, and those that decide as well. */
function settle(deciding: readonly AssumedFact[]): string {
  const fields = [...new Set(deciding.map(({ field }) => field))].slice(0, 3);
  return `State ${fields.join(' or ')} in the config, its launcher or the policy's assumptions.`;
}

function limitIs({ limitBytes, usableBytes, source }: MemoryLimit): string {
  if (limitBytes === usableBytes) return `The limit is ${formatGib(limitBytes)} (${source})`;
  return `${formatGib(usableBytes)} of ${formatGib(limitBytes)} are usable (${source})`;
}

function describe({ limitBytes, usableBytes, source }: MemoryLimit): string {
  if (limitBytes === usableBytes) return `the limit of ${formatGib(limitBytes)} (${source})`;
  return `the ${formatGib(usableBytes)} usable of ${formatGib(limitBytes)} (${source})`;
}

/** What the run does not do yet and would lower its peak, the cheapest first. */
function waysDown({ training, parallelism, hardware }: TrainingRun): string {
  const isAlone = hardware.count === 1 || parallelism.data === 1;
  const isReplicated = !isAlone && (parallelism.sharding === 'none' || parallelism.sharding === 'ddp');
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
