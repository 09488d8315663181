import type { ModelShape } from '../../run/model-shape.ts';
import type { Parallelism } from '../../run/parallelism.ts';
import type { Training } from '../../run/training.ts';
import type { Circumstances } from './circumstances.ts';
import type { GpuShare } from './gpu-share.ts';
import type { LayerActivations } from './layer-activations.ts';
import type { Numerics } from './numerics.ts';
import type { StateBytes } from './state-bytes.ts';
import type { TrainerTraits } from '../trainers/trainer.ts';

/**
 * Moments of a step at which memory can peak: the end of the forward pass, with the logits; the loss going backwards, over
 * all activations; the first layer that does, with its gradients; the end of the backward pass, when all gradients are
 * there; the optimizer's step.
 */
export const phases = ['forward', 'loss', 'backward', 'end-of-backward', 'optimizer-step'] as const;

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
  readonly numerics: Numerics;
  /** What a layer of each kind keeps, and how many of them the stage has. */
  readonly layers: readonly { readonly count: number; readonly activations: LayerActivations }[];
}
