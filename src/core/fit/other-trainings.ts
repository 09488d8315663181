import type { Writable } from '../document/document.ts';
import type { RunField } from '../run/fields.ts';
import type { TrainingRun } from '../run/training-run.ts';

/** A change after which another model comes out, or other hardware is needed: for a person to choose, never a mere fix. */
export interface OtherTraining {
  readonly field: RunField;
  readonly from: string;
  readonly value: Writable;
  /** What is different, in words: `trains LoRA adapters instead of all weights`. */
  readonly difference: string;
}

/** What one can ask for where no setting of the same training fits, the mildest first. */
export function otherTrainings({ training, hardware, modelId }: TrainingRun): OtherTraining[] {
  const { method, sequenceLength } = training;
  const shorter = [2, 4]
    .map((part) => sequenceLength / part)
    .filter((tokens) => Number.isInteger(tokens) && tokens >= 512);
  const count = hardware.count;
  // Adapters sit on weights that somebody has trained
  const isPretrained = modelId !== null;
  return [
    ...(isPretrained && method === 'full'
      ? [adapters('lora', method, 'trains LoRA adapters instead of all weights')]
      : []),
    ...(!isPretrained || method === 'qlora'
      ? []
      : [adapters('qlora', method, 'trains LoRA adapters over a 4-bit base')]),
    ...(count === null
      ? []
      : [2, 4].map((times): OtherTraining => {
          const gpus = count * times;
          return {
            field: 'hardware.count',
            from: String(count),
            value: gpus,
            difference: `takes ${gpus} GPUs instead of ${count}`,
          };
        })),
    ...shorter.map((tokens): OtherTraining => {
      const difference = `trains on sequences of ${tokens} tokens instead of ${sequenceLength}`;
      return { field: 'training.sequence_length', from: String(sequenceLength), value: tokens, difference };
    }),
  ];
}

function adapters(value: 'lora' | 'qlora', from: string, difference: string): OtherTraining {
  return { field: 'training.method', from, value, difference };
}
