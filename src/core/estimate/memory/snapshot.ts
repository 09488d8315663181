import type { ModelShape, Parallelism, Training } from '../../run/training-run.ts';
import type { Circumstances } from './circumstances.ts';
import type { GpuShare } from './gpu-share.ts';
import type { StateBytes } from './state-bytes.ts';
import type { TrainerTraits } from '../trainer-traits.ts';

/**
 * Moments of a step at which memory can peak: the loss over all activations; the start of the backward pass, when all
 * activations and the first layer's gradients are there; its end, when all gradients are; the optimizer's step.
 */
export const phases = ['loss', 'backward', 'end-of-backward', 'optimizer-step'] as const;

export type Phase = (typeof phases)[number];

/** One GPU at one phase: what every line item is computed from. */
export interface Snapshot {
  readonly phase: Phase;
  readonly model: ModelShape;
  readonly training: Training & Pick<Circumstances, 'activationCheckpointing'>;
  readonly parallelism: Parallelism;
  readonly gpu: GpuShare;
  readonly bytes: StateBytes;
  readonly traits: TrainerTraits;
  readonly circumstances: Circumstances;
}
