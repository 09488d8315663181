import type { KeyPath, Writable } from '../document/document.ts';
import { setValue } from '../document/set-value.ts';
import type { DescribedRun } from '../estimate/described-run.ts';
import type { Format } from '../formats/format.ts';
import type { RunField } from '../run/fields.ts';
import type { FieldChange } from './fit.ts';
import type { Settings } from './knobs.ts';

/** A config's text with some fields set otherwise, in the words of its dialect. */
export interface Rewriting {
  readonly text: string;
  readonly changes: readonly FieldChange[];
}

/**
 * Writes settings into the text of a config, with the accumulation that keeps the global batch. `turned` is the run with
 * the settings applied. Null where the dialect cannot say one of them, or the file has no place for it.
 */
export function rewrite(
  source: { readonly path: string; readonly text: string; readonly format: Format; readonly run: DescribedRun },
  settings: Settings,
  turned: DescribedRun,
): Rewriting | null {
  return rewriteFields(
    source,
    fieldsToWrite(source.run, settings, turned).map(([field, value]) => ({
      field,
      value,
      from: String(valueOf(source.run, field)),
    })),
  );
}

/** Writes fields into the text of a config; null where the dialect cannot say one of them, or the file has no place for it. */
export function rewriteFields(
  source: { readonly path: string; readonly text: string; readonly format: Format },
  fields: readonly { readonly field: RunField; readonly from: string; readonly value: Writable }[],
): Rewriting | null {
  let { text } = source;
  const changes: FieldChange[] = [];
  // What follows from a change stands beside it
  let beside: KeyPath = [];
  for (const { field, from, value } of fields) {
    const spellings = source.format.spell?.(field, value) ?? [];
    if (spellings.length === 0) return null;
    for (const { keys, value: word } of spellings) {
      const written = setValue(source.path, text, keys, word, beside);
      if (written === null) return null;
      text = written;
      beside = keys;
    }
    const key = spellings.map(({ keys }) => keys.join('.')).join(', ');
    changes.push({ field, key, from, to: String(value) });
  }
  return { text, changes };
}

function fieldsToWrite(run: DescribedRun, settings: Settings, turned: DescribedRun): [RunField, Writable][] {
  const written = Object.entries(settings) as [RunField, Writable][];
  const accumulation = turned.training.gradientAccumulationSteps;
  if (accumulation === run.training.gradientAccumulationSteps) return written;
  // Left unsaid, it would follow from the global batch and another accumulation
  if (settings['training.micro_batch_size'] === undefined && isMicroDerived(run)) {
    written.push(['training.micro_batch_size', run.training.microBatchSize]);
  }
  if (!isAccumulationDerived(run)) written.push(['training.gradient_accumulation_steps', accumulation]);
  return written;
}

/** The micro batch follows from the global batch where that and the accumulation are stated: see resolve-training.ts. */
function isMicroDerived({ facts }: DescribedRun): boolean {
  const authority = facts['training.micro_batch_size']?.authority;
  const isStated = authority === 'config' || authority === 'policy';
  return !isStated && isStatedBoth(facts);
}

function isStatedBoth(facts: DescribedRun['facts']): boolean {
  return (
    facts['training.global_batch_size'] !== undefined && facts['training.gradient_accumulation_steps'] !== undefined
  );
}

function isAccumulationDerived({ facts, parallelism }: DescribedRun): boolean {
  return (
    facts['training.global_batch_size'] !== undefined &&
    facts['training.gradient_accumulation_steps'] === undefined &&
    parallelism.data !== null
  );
}

/** The present value of a field that may change. */
function valueOf({ training, parallelism }: DescribedRun, field: RunField): Writable {
  const values: Readonly<Partial<Record<RunField, Writable>>> = {
    'training.micro_batch_size': training.microBatchSize,
    'training.gradient_accumulation_steps': training.gradientAccumulationSteps,
    'training.flash_attention': training.flashAttention,
    'training.fused_loss': training.fusedLoss,
    'training.activation_checkpointing': training.activationCheckpointing,
    'training.activation_offload': training.activationOffload,
    'training.optimizer': training.optimizer,
    'parallelism.sharding': parallelism.sharding,
    'parallelism.tensor': parallelism.tensor,
    'parallelism.sequence_parallel': parallelism.sequenceParallel,
    'parallelism.context': parallelism.context,
    'parallelism.pipeline': parallelism.pipeline,
    'parallelism.cpu_offload': parallelism.cpuOffload,
  };
  return values[field] ?? '';
}
